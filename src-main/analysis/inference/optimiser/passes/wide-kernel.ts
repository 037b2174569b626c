import { type Graph, intsAttribute, isPlain, readConvolution, sizeOf, type Trace } from '../graph';

/**
 * A convolution of one channel whose kernel is as wide as its input has the columns as its channels in truth. Seen so,
 * columns can be left out one by one, and the runtime's kernels for many channels take it.
 */
export function wideKernel(graph: Graph, trace: Trace): void {
  for (const node of [...graph.nodes]) {
    const convolution = readConvolution(graph, node);
    const input = trace.get(node.inputs[0])?.dims;
    if (!convolution || input?.length !== 4 || !isPlain(convolution)) continue;
    const [filters, channels, height, width] = convolution.dims;
    const [top, left, bottom, right] = convolution.pads;
    if (channels !== 1 || width < 2 || width !== input[3] || left + right > 0) continue;
    const weights = new Float32Array(sizeOf(convolution.dims));
    for (let filter = 0; filter < filters; filter++)
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          weights[(filter * width + x) * height + y] = convolution.weights[(filter * height + y) * width + x];
    const turned = graph.node('Transpose', [node.inputs[0]], [intsAttribute('perm', [0, 3, 2, 1])]);
    const inputs = [
      turned.outputs[0],
      graph.constant(weights, [filters, width, height, 1]),
      graph.constant(convolution.bias, [filters]),
    ];
    const attributes = [
      intsAttribute('kernel_shape', [height, 1]),
      intsAttribute('pads', [top, 0, bottom, 0]),
      intsAttribute('strides', [1, 1]),
    ];
    graph.replace(node, turned, graph.node('Conv', inputs, attributes, node.outputs[0]));
  }
}
