/** What shows a state of the pointer or the keyboard without either: inside `data-like="hover"` or `"focus"`. */
const PRETENDED = [
  [/:hover\b/g, ':is(:hover, [data-like="hover"] :where(*))'],
  [/:focus-visible\b/g, ':is(:focus-visible, [data-like="focus"] :where(button, input, select, [tabindex]))'],
] as const;

/**
 * Rewrites the rules of the page so that those for `:hover` and `:focus-visible` hold for what pretends to be in these
 * states too, with the weight that they have. A style that is changed while the page is open needs a reload.
 */
export function pretendStates(): void {
  for (const sheet of document.styleSheets) rewrite(sheet.cssRules);
}

function rewrite(rules: CSSRuleList): void {
  for (const rule of rules) {
    if (rule instanceof CSSStyleRule) rule.selectorText = pretending(rule.selectorText);
    if (rule instanceof CSSGroupingRule) rewrite(rule.cssRules);
  }
}

const pretending = (selector: string) =>
  PRETENDED.reduce((text, [state, pretended]) => text.replace(state, pretended), selector);
