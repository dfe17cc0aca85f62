"""Takes annotated.png anew: run from the repository root, with chromium on the path and Pillow installed."""

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

import glossary

# Opens one term as a reader would, so that the picture shows its card.
SHOW = """<script>addEventListener("load", () => {
  const mentions = [...document.querySelectorAll(".gl-text [data-terms]")];
  mentions.find((mention) => mention.textContent === "兩橋三路").focus();
});</script></body>"""

report = glossary.read("examples/report.txt")
g = glossary.load() | glossary.Glossary.from_harvests([glossary.harvest(report)])
article = Path("examples/other.txt").read_text(encoding="utf-8")
page = g.annotate(article, region=report.region, year=report.year).to_html(title="湖邊的一年")
with tempfile.TemporaryDirectory() as folder:
    html, png = Path(folder, "page.html"), Path(folder, "page.png")
    html.write_text(page.replace("</body>", SHOW), encoding="utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
         "--virtual-time-budget=2000", "--window-size=1100,720", f"--user-data-dir={folder}/profile",
         f"--screenshot={png}", html.as_uri()],
        check=True, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    picture = Image.open(png).convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE)
picture.save("docs/images/annotated.png", optimize=True)
