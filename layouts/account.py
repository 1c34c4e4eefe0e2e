"""The page on which everyone keeps their own password and language."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from data.wording import Language, _
from layouts import shell
from layouts.components.aria import aria
from layouts.ids.account import AccountId


@dataclass(frozen=True, slots=True)
class Held:
    """A role at a unit and the days for which it is held, in words."""

    role: str
    unit: str
    since: str


def view(
    who: str,
    username: str,
    roles: Sequence[Held],
    language: Language,
    shortest: int,
    *,
    changed: bool,
    illustrative: bool,
) -> Component:
    """Who is signed in, with which roles; the form for a new password; the choice of language."""
    done = _("Your password was changed. Other sessions of your account have ended.")
    said = [html.P(done, className="done", role="status")] if changed else []
    return shell.page(
        shell.title(_("My account"), illustrative),
        f"{who} · {username}",
        content=[*said, html.Div([_password(username, shortest), _aside(roles, language)], className="two")],
    )


def _password(username: str, shortest: int) -> Component:
    return html.Form(
        [
            html.H2(_("Change my password")),
            html.P(
                _("At least {count} characters, without the username. Several words are easy to remember.").format(
                    count=shortest
                ),
                id=AccountId.HINT,
                className="soft",
            ),
            # Lets a password manager know whose password it is.
            dcc.Input(type="hidden", name="username", value=username, autoComplete="username"),
            *_field(AccountId.OLD, "old", _("Present password"), "current-password"),
            *_field(AccountId.NEW, "new", _("New password"), "new-password", minimum=shortest),
            *_field(AccountId.AGAIN, "again", _("New password once more"), "new-password", minimum=shortest),
            html.Button(_("Change my password"), type="submit", className="main"),
        ],
        action="/account/password",
        method="POST",
        className="csrf card-form",
    )


def _field(field: AccountId, name: str, label: str, autocomplete: str, minimum: int = 1) -> list[Component]:
    return [
        html.Label(label, htmlFor=field),
        dcc.Input(
            id=field,
            name=name,
            type="password",
            autoComplete=autocomplete,
            required=True,
            minLength=minimum,
            maxLength=200,
        ),
    ]


def _aside(roles: Sequence[Held], language: Language) -> Component:
    held = [
        html.Li([html.B(one.role), " · ", one.unit, html.Br(), html.Small(one.since, className="soft")])
        for one in roles
    ]
    return html.Aside(
        [
            html.H2(_("My roles")),
            html.Ul(held, className="plain-list") if held else html.P(_("Your account has no role today.")),
            html.Hr(),
            html.H2(_("Language")),
            html.Div([language_form(one, one is language) for one in Language], className="languages"),
        ],
        className="side",
    )


def language_form(language: Language, present: bool) -> Component:
    """A button that changes the language and comes back to the same page."""
    names = {Language.VI: "Tiếng Việt", Language.EN: "English"}
    return html.Form(
        html.Button(
            names[language],
            type="submit",
            lang=language.value,
            className="main" if present else None,
            **aria(pressed="true" if present else "false"),
        ),
        action=f"/language/{language.value}",
        method="POST",
        className="csrf back",
    )
