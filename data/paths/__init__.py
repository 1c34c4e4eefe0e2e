"""On the way to goals of later years: for one unit what is still needed, the pace so far, and the year of arrival."""
