// Only pages of `hameau theme serve` load this. It asks which theme is shown: another one is
// shown at once, and what is wrong with its files is told over the page until it is mended.
"use strict";

let shown = null;
let box = null;

function element(name, text, style) {
	const e = document.createElement(name);
	e.textContent = text || "";
	Object.assign(e.style, style || {});
	return e;
}

function hide() {
	if (box)
		box.remove();
	box = null;
}

function tell(trouble) {
	hide();
	box = element("aside", "", {
		position: "fixed", insetInline: "0", insetBlockEnd: "0", zIndex: 2147483647,
		maxBlockSize: "60vh", overflow: "auto", padding: "1rem", direction: "ltr",
		background: "#2b0a0a", color: "#fff", font: "14px/1.5 ui-monospace, monospace",
		borderBlockStart: "4px solid #ff6b5e", textAlign: "left",
	});
	box.id = "workshop-trouble";
	box.setAttribute("role", "alert");
	box.append(element("p", trouble.message, { margin: "0 0 .5rem", whiteSpace: "pre-wrap" }));
	for (const line of trouble.lines) {
		const here = line.number === trouble.line;
		box.append(element("div", String(line.number).padStart(5) + "  " + line.text, {
			whiteSpace: "pre", background: here ? "#7a1f1f" : "none",
		}));
		if (here && trouble.column)
			box.append(element("div", " ".repeat(6 + trouble.column) + "^", { whiteSpace: "pre" }));
	}
	document.body.append(box);
}

async function look() {
	try {
		const answer = await fetch("/workshop/state", { cache: "no-store" });
		const state = await answer.json();
		const is = state.theme + state.version;
		if (shown !== null && is !== shown) {
			location.reload();
			return;
		}
		shown = is;
		if (state.trouble)
			tell(state.trouble);
		else
			hide();
	} catch (e) {
		// The workshop was closed, or starts again.
	}
	setTimeout(look, 400);
}

look();
