import { cruise } from 'dependency-cruiser';

/**
 * The source files and every import of theirs, types too; tests and fixtures are left out.
 *
 * @param {string} baseDir the folder that holds `src-main` and its neighbours
 * @param {readonly string[]} roots those of them to read
 * @returns {Promise<{ files: string[], imports: { from: string, to: string }[] }>} paths relative to `baseDir`
 */
export async function readSource(baseDir, roots) {
  const { output } = await cruise([...roots], {
    baseDir,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(test|fixture)\\.tsx?$|/test-server\\.ts$|^test/' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  });
  const isRead = ({ source }) => roots.some((root) => source.startsWith(`${root}/`));
  const modules = output.modules.filter(isRead);
  const imports = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved, module }) => ({ from: source, to: resolved || module })),
  );
  return { files: modules.map(({ source }) => source), imports };
}

/** The groups of nodes that reach each other (Tarjan), each of two nodes or more. */
export function cyclesOf(edges) {
  const next = new Map();
  for (const { from, to } of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const order = new Map();
  const lowest = new Map();
  const stack = [];
  const cycles = [];
  const visit = (node) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node));
    stack.push(node);
    for (const to of next.get(node) ?? []) {
      if (!order.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(node, Math.min(lowest.get(node), lowest.get(to)));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const cycle = stack.splice(stack.indexOf(node));
    if (cycle.length > 1) cycles.push(cycle);
  };
  for (const node of next.keys()) if (!order.has(node)) visit(node);
  return cycles;
}
