"""Values written into the map's script so that no name in them can ever become code."""

from __future__ import annotations

import json
from typing import Any, Final

# Inside JSON these can only stand in strings, where an escape means the same character. `<` and
# `&` would matter to an HTML parser, `'` to the rewriting that streamlit-folium does, `#` and `%`
# to Jinja, the two separators to older script engines.
_ESCAPES: Final = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&'#%\u2028\u2029"})


def script_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    """Compact JSON that is safe inside a script element and a template; NaN is refused."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    # Two opening braces never follow each other in JSON but may in a name; Jinja would read them.
    return text.translate(_ESCAPES).replace("{{", "{\\u007b")
