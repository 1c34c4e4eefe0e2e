"""One table of addresses: what each page is called, the permission it takes, and who draws it."""

from flask import Flask, Response, g, request

from auth import login
from auth.policy import Permission, scope_for
from callbacks import (
    account,
    arrival,
    carrying,
    changes,
    comparison,
    groups,
    guard,
    handing,
    handing_followed,
    home,
    paths,
    proposals,
    published,
    review,
    set_target,
    submission,
    targets,
    units,
)
from callbacks import help as help_
from callbacks.page import Page
from callbacks.shell import query_of
from data import clock
from data.refusals import NotFound, Refusal
from data.wording import N_, _
from portal.errors import status_of

_TARGETS, _UNITS = N_("Plan targets"), N_("Units")
_COMPARE, _SET = Permission.RESULT_COMPARE, Permission.TARGET_SET

PAGES = (
    Page("/", N_("Home"), Permission.SELF_KEEP, home.view),
    Page("/submit", N_("Submit"), Permission.SUBMISSION_WRITE, submission.view),
    Page("/carry", N_("Carry over"), Permission.SUBMISSION_WRITE, carrying.view, nav=False),
    Page("/form", N_("Report"), Permission.RESULT_READ, submission.read, nav=False),
    Page("/review", N_("Review"), Permission.SUBMISSION_REVIEW, review.view, waiting=review.waiting),
    Page("/compare", N_("Compare"), _COMPARE, comparison.view, check=comparison.check),
    Page("/targets", N_("Registry of targets"), _COMPARE, targets.view, check=targets.check, section=_TARGETS),
    Page(
        "/set-target",
        N_("Enter a target"),
        Permission.TARGET_SET,
        set_target.view,
        nav=False,
        check=set_target.check,
        section=_TARGETS,
    ),
    Page("/arrival", N_("Arrival"), _COMPARE, arrival.view, check=arrival.check, section=_TARGETS),
    Page("/assign", N_("Hand down targets"), _SET, handing.view, check=handing.check, section=_TARGETS),
    Page(
        "/followed",
        N_("Given and reached"),
        _COMPARE,
        handing_followed.view,
        check=handing_followed.check,
        section=_TARGETS,
        offered=handing_followed.offered,
    ),
    Page("/document", N_("Document"), _COMPARE, targets.view_document, nav=False, section=_TARGETS),
    Page(
        "/published",
        N_("Published values"),
        Permission.PUBLISHED_ENTER,
        published.view,
        check=published.check,
        section=_TARGETS,
    ),
    Page("/paths", N_("On the way to 2030"), _COMPARE, paths.view, section=_TARGETS),
    Page("/unit", N_("Units"), _COMPARE, units.view, section=_UNITS),
    Page("/groups", N_("Competition groups"), Permission.GROUP_KEEP, groups.view, section=_UNITS),
    Page("/changes", N_("Change units"), Permission.UNIT_CHANGE, changes.view, section=_UNITS),
    Page(
        "/proposals",
        N_("Roles to follow"),
        Permission.ACCOUNT_MANAGE,
        proposals.view,
        waiting=proposals.waiting,
        section=_UNITS,
    ),
    Page("/help", N_("Help"), Permission.SELF_KEEP, help_.view),
    Page("/account", N_("My account"), Permission.SELF_KEEP, account.view, nav=False),
)

# Dash answers every address with the same document; these are the endpoints by which it does.
DOCUMENT_ENDPOINTS = frozenset({"/", "/<path:path>"})
_BY_PATH = {page.path: page for page in PAGES}


def find_page(path: str) -> Page | None:
    """The page at that address."""
    return _BY_PATH.get(path)


def init_app(app: Flask) -> None:
    """Gives addresses their true answers: 404 where there is no page, 403 where the reader lacks its permission.

    Where the query part of an address cannot be answered, and the page says why and what can be done (it has a `check`
    beside its view), the document still comes, but with the status of the refusal. A page that cannot draw itself then
    would leave its reader before an empty one: there the refusal is the answer.
    """
    app.before_request(_check)
    app.after_request(_give_status)


def _check() -> None:
    if request.endpoint not in DOCUMENT_ENDPOINTS:
        return
    page, asking = find_page(request.path), login.principal()
    if page is None or asking is None:
        raise NotFound(_("There is no page at this address."))
    scope_for(asking, page.permission, clock.today())
    if request.query_string:
        _check_query(page)


def _check_query(page: Page) -> None:
    query, check = query_of(request.query_string.decode("utf-8", "replace")), page.check or page.view
    try:
        guard.perform(page.permission, lambda session, scope: check(session, scope, query))
    except Refusal as refusal:
        if page.check is None:
            raise
        g.refusal = refusal


def _give_status(response: Response) -> Response:
    refusal = g.get("refusal")
    if refusal is not None and response.status_code == 200:
        response.status_code = status_of(refusal)
    return response
