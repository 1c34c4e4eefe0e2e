"""What the 88 targets of the five plans come to, worked out apart from the code.

A line is a target's key and results on each side of each edge of what it asks for: the value, the verdict and the
margin as they are printed. M is met, N not met, U not enough evidence; with a star a thousand of a million are
lacking. In brackets stands a base year with its value and the level that follows, or that the level is to be held. One
word in place of results says why nothing is judged: no base year named, points or percent, no longer policy, by zone.
"""

TABLE = """
S0-01 (2024: 127,2 > 111,0): 110,9 M +0,1 điểm | 111 U 0,0 điểm | 111,1 N -0,1 điểm
S0-02: 110,9 M +0,1 điểm | 111 U 0,0 điểm | 111,1 N -0,1 điểm
S0-03: policy
S0-04: 87,9 N* -0,1 điểm % | 88 M 0,0 điểm % | 88,1 M +0,1 điểm %
S0-05: 79,9 N* -0,1 điểm % | 80 M 0,0 điểm % | 80,1 M +0,1 điểm %
S0-06: 69,9 N* -0,1 điểm % | 70 M 0,0 điểm % | 70,1 M +0,1 điểm %
S0-07: 84,9 N* -0,1 điểm % | 85 M 0,0 điểm % | 85,1 M +0,1 điểm %
S0-08: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S0-09: 70,5 N* -0,1 điểm % | 70,6 M 0,0 điểm % | 70,7 M +0,1 điểm %
S0-10: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S0-11: 69,9 N* -0,1 điểm % | 70 M 0,0 điểm % | 70,1 M +0,1 điểm %
S0-12: 69,9 N* -0,1 điểm % | 70 M 0,0 điểm % | 70,1 M +0,1 điểm %
S0-13: 48.157 N -1 người | 48.158 M 0 người | 48.159 M +1 người
S0-14: 7.814 N -1 người | 7.815 M 0 người | 7.816 M +1 người
S0-15: 199 N -1 người | 200 M 0 người | 201 M +1 người
S0-16: 657 N -1 người | 658 M 0 người | 659 M +1 người
S0-17: 19.014 N -1 người | 19.015 M 0 người | 19.016 M +1 người
S0-18: 20.469 N -1 người | 20.470 M 0 người | 20.471 M +1 người
S0-19: 1 N -1 đợt | 2 M 0 đợt | 3 M +1 đợt
S1-01 (hold): 2,04 N -0,01 con/phụ nữ | 2,05 M 0,00 con/phụ nữ | 2,15 M 0,00 con/phụ nữ | 2,16 N -0,01 con/phụ nữ
S1-02: 1.469.999 N -1 người | 1.470.000 M 0 người | 1.530.000 M 0 người | 1.530.001 N -1 người
S1-03: 99,9 N -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S1-04: nobase
S1-05: 110,9 M +0,1 điểm | 111 U 0,0 điểm | 111,1 N -0,1 điểm
S1-06: 79,9 N* -0,1 điểm % | 80 M 0,0 điểm % | 80,1 M +0,1 điểm %
S1-07: 59,9 N* -0,1 điểm % | 60 M 0,0 điểm % | 60,1 M +0,1 điểm %
S1-08: 79,9 N* -0,1 điểm % | 80 M 0,0 điểm % | 80,1 M +0,1 điểm %
S1-09: 75,4 N -0,1 năm | 75,5 M 0,0 năm | 75,6 M +0,1 năm
S1-10: 66,9 N -0,1 năm | 67 M 0,0 năm | 67,1 M +0,1 năm
S1-11: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S1-12: 167,4 N -0,1 cm | 167,5 M 0,0 cm | 167,6 M +0,1 cm
S1-13: 156,4 N -0,1 cm | 156,5 M 0,0 cm | 156,6 M +0,1 cm
S1-14: 80,9 N -0,1 điểm % | 81 M 0,0 điểm % | 81,1 M +0,1 điểm %
S1-15: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S1-16 (hold): 2,04 N -0,01 con/phụ nữ | 2,05 M 0,00 con/phụ nữ | 2,15 M 0,00 con/phụ nữ | 2,16 N -0,01 con/phụ nữ
S1-17: 1.567.999 N -1 người | 1.568.000 M 0 người | 1.632.000 M 0 người | 1.632.001 N -1 người
S1-18: 99,9 N -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S1-19: nobase
S1-20: 108,9 M +0,1 điểm | 109 U 0,0 điểm | 109,1 N -0,1 điểm
S1-21: 21,4 N -0,1 điểm % | 21,5 M 0,0 điểm % | 22,5 M 0,0 điểm % | 22,6 N -0,1 điểm %
S1-22: 10,4 N -0,1 điểm % | 10,5 M 0,0 điểm % | 11,5 M 0,0 điểm % | 11,6 N -0,1 điểm %
S1-23: 48,4 N -0,1 điểm % | 48,5 M 0,0 điểm % | 49,5 M 0,0 điểm % | 49,6 N -0,1 điểm %
S1-24: 94,9 N* -0,1 điểm % | 95 M 0,0 điểm % | 95,1 M +0,1 điểm %
S1-25: 79,9 N* -0,1 điểm % | 80 M 0,0 điểm % | 80,1 M +0,1 điểm %
S1-26: 89,9 N* -0,1 điểm % | 90 M 0,0 điểm % | 90,1 M +0,1 điểm %
S1-27: 75,9 N -0,1 năm | 76 M 0,0 năm | 76,1 M +0,1 năm
S1-28: 67,9 N -0,1 năm | 68 M 0,0 năm | 68,1 M +0,1 năm
S1-29: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S1-30: 168,9 N -0,1 cm | 169 M 0,0 cm | 169,1 M +0,1 cm
S1-31: 157,9 N -0,1 cm | 158 M 0,0 cm | 158,1 M +0,1 cm
S1-32: 82,9 N -0,1 điểm % | 83 M 0,0 điểm % | 83,1 M +0,1 điểm %
S1-33: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S2-01: 9,9 M +0,1‰ | 10 N 0,0‰ | 10,1 N -0,1‰
S2-02 (2024: 114,0 > 113,9): 113,8 M +0,1 điểm | 113,9 U 0,0 điểm | 114 N -0,1 điểm
S2-03: 74,9 N* -0,1 điểm % | 75 M 0,0 điểm % | 75,1 M +0,1 điểm %
S2-04: 69,9 N* -0,1 điểm % | 70 M 0,0 điểm % | 70,1 M +0,1 điểm %
S2-05: 73,4 N* -0,1 điểm % | 73,5 M 0,0 điểm % | 73,6 M +0,1 điểm %
S2-06: 75,9 N* -0,1 điểm % | 76 M 0,0 điểm % | 76,1 M +0,1 điểm %
S2-07: 89.999 N -1 người | 90.000 M 0 người | 90.001 M +1 người
S3-01: 4.309 N -1 người | 4.310 M 0 người | 4.311 M +1 người
S3-02: 91 N -1 người | 92 M 0 người | 93 M +1 người
S3-03: 237 N -1 người | 238 M 0 người | 239 M +1 người
S3-04: 1.649 N -1 người | 1.650 M 0 người | 1.651 M +1 người
S3-05: 2.327 N -1 người | 2.328 M 0 người | 2.329 M +1 người
S3-06: 1 N -1 người | 2 M 0 người | 3 M +1 người
S3-07: 0 M 0 người | 1 N -1 người
S3-08: 31,9 N* -0,1 điểm % | 32 M 0,0 điểm % | 32,1 M +0,1 điểm %
S3-09: 29,9 N* -0,1 điểm % | 30 M 0,0 điểm % | 30,1 M +0,1 điểm %
S3-10: 31,9 N* -0,1 điểm % | 32 M 0,0 điểm % | 32,1 M +0,1 điểm %
S3-11: 29,9 N* -0,1 điểm % | 30 M 0,0 điểm % | 30,1 M +0,1 điểm %
S3-12: ambiguous
S3-13: ambiguous
S3-14: 110,9 M +0,1 điểm | 111 U 0,0 điểm | 111,1 N -0,1 điểm
S3-15: 117 N -1 người | 118 M 0 người | 119 N -1 người
S3-16: 1 N -1 lớp | 2 M 0 lớp | 3 N -1 lớp
S4-01 (2024: 13,0 > 13,3): 13,2 N -0,1‰ | 13,3 U 0,0‰ | 13,4 M +0,1‰
S4-02: 102,9 N -0,1 điểm | 103 U 0,0 điểm | 107 U 0,0 điểm | 107,1 N -0,1 điểm
S4-03: 69,9 N* -0,1 điểm % | 70 M 0,0 điểm % | 70,1 M +0,1 điểm %
S4-04: 89,9 N* -0,1 điểm % | 90 M 0,0 điểm % | 90,1 M +0,1 điểm %
S4-05: 89,9 N* -0,1 điểm % | 90 M 0,0 điểm % | 90,1 M +0,1 điểm %
S4-06: 59.999 N -1 người | 60.000 M 0 người | 60.001 M +1 người
S4-07 (2024: 1.000 > 850): 849 M +1 ca | 850 M 0 ca | 851 N -1 ca
S4-08: 94,9 N* -0,1 điểm % | 95 M 0,0 điểm % | 95,1 M +0,1 điểm %
S4-09: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S4-10: 17 N -1 xã | 18 M 0 xã | 19 N -1 xã
S4-11: 0 N -1 đợt | 1 M 0 đợt | 2 N -1 đợt
S4-12: 99,9 N* -0,1 điểm % | 100 M 0,0 điểm % | 100,1 M +0,1 điểm %
S4-13: 29,9 N* -0,1 điểm % | 30 M 0,0 điểm % | 30,1 M +0,1 điểm %
"""
