"""What things are called, in Vietnamese and English: the one home of meaning in words.

`_` translates at the moment of the call and is never called at import; module-level tables mark with `N_`.
"""

from data.wording.language import Language, current_language, pick, set_language, use_language
from data.wording.language import gettext as _
from data.wording.language import mark as N_  # noqa: N812  (the name that catalogue tools look for)

__all__ = ["N_", "Language", "_", "current_language", "pick", "set_language", "use_language"]
