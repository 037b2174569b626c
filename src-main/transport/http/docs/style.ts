/** The style of the API's page. */
export const STYLE = `
:root { font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; }
body { max-width: 64rem; margin: 0 auto; padding: 1rem; }
nav a { display: inline-block; padding: 0.25rem 0.5rem 0.25rem 0; }
summary { padding: 0.25rem 0; cursor: pointer; overflow-wrap: anywhere; }
summary b { display: inline-block; min-width: 4.5rem; }
details { border-bottom: 1px solid color-mix(in srgb, currentcolor 20%, transparent); }
details > :not(summary) { margin-inline-start: 1rem; }
h3 { margin: 0.75rem 0 0.25rem; font-size: 1rem; }
pre, code { font: 0.875rem/1.45 ui-monospace, monospace; }
pre { margin: 0 0 0.75rem; padding: 0.5rem; overflow: auto; background: color-mix(in srgb, currentcolor 8%, transparent); }
table { border-collapse: collapse; }
th, td { padding: 0.125rem 0.75rem 0.125rem 0; text-align: start; vertical-align: top; }
`;
