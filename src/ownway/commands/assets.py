"""Build what the browser loads, from GOV.UK Frontend, the typeface and our own CSS and script."""

import argparse
import gzip
import re
import shutil
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = ROOT / "node_modules"
TARGET = ROOT / "build" / "static"
FONT = "atkinson-hyperlegible-next"
# htmx comes with extensions that we do not use, and one names a file that is not there.
COLLECTING = {"interactive": False, "verbosity": 0, "ignore_patterns": ["ext"]}


def main(argv: list[str]) -> int:
    """Build into build/static and say how large the first load is."""
    argparse.ArgumentParser(prog="ownway assets", description=__doc__).parse_args(argv)
    aside = TARGET.with_name("static-new")
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "ownway").mkdir(parents=True)
    govuk = _govuk_css()
    base = (ROOT / "assets/css/base.css").read_text()
    for side in ("resident", "staff"):
        css = "\n".join([govuk, base, (ROOT / f"assets/css/{side}.css").read_text()])
        (aside / "ownway" / f"{side}.css").write_text(css)
    for script in sorted((ROOT / "assets/js").glob("*.js")):
        shutil.copy(script, aside / "ownway" / script.name)
    for image in sorted((ROOT / "assets/images").glob("*")):
        shutil.copy(image, aside / "ownway" / image.name)
    _copy_vendor(aside / "ownway")
    shutil.rmtree(TARGET, ignore_errors=True)
    aside.rename(TARGET)
    size = len(gzip.compress((TARGET / "ownway/resident.css").read_bytes()))
    print(f"Built front-end assets: {size // 1024} KB of compressed CSS a page")
    return 0


def _copy_vendor(target: Path) -> None:
    govuk = MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.js"
    script = govuk.read_text().replace("//# sourceMappingURL=govuk-frontend.min.js.map", "")
    (target / govuk.name).write_text(script)
    for letters, weight in product(("latin", "latin-ext"), (400, 700)):
        name = f"{FONT}-{letters}-{weight}-normal.woff2"
        shutil.copy(MODULES / "@fontsource" / FONT / "files" / name, target / name)


def _govuk_css() -> str:
    """GOV.UK Frontend without its typeface and crest, which are for gov.uk addresses only."""
    css = (MODULES / "govuk-frontend/dist/govuk/govuk-frontend.min.css").read_text()
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "Arial,sans-serif")
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css)
    css = re.sub(r"url\(/assets/[^)]*\)", "none", css)
    if "GDS Transport" in css or "/assets/" in css:
        raise SystemExit("GOV.UK Frontend has changed: its typeface or crest is still in the CSS")
    return css
