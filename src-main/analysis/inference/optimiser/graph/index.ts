/** Graphs of tensors: read from an ONNX file and written to one, changed, and run to see what each tensor is. */
export { type Convolution, isPlain, liveFilters, readConvolution } from './convolution';
export {
  type Constant,
  float,
  Graph,
  type GraphNode,
  int,
  intAttribute,
  ints,
  intsAttribute,
  sizeOf,
  text,
} from './graph';
export { decodeModel, encodeModel, type OnnxModel, UnknownGraph } from './onnx-file';
export { ATTRIBUTE, type AttributeMessage, FLOAT, type ValueMessage } from './onnx-schema';
export { type Trace, trace } from './trace';
