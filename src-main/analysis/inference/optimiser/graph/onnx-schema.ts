import protobuf from 'protobufjs/light.js';

/**
 * The messages of an ONNX file as far as a graph of tensors needs them, with the field numbers of the published schema.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
const field = (type: string, id: number) => ({ type, id });
const list = (type: string, id: number, packed = false) => ({ rule: 'repeated', type, id, options: { packed } });

const root = protobuf.Root.fromJSON({
  nested: {
    Model: {
      fields: {
        irVersion: field('int64', 1),
        opsetImport: list('OperatorSet', 8),
        producerName: field('string', 2),
        graph: field('Graph', 7),
        metadata: list('Entry', 14),
        functions: list('bytes', 25),
      },
    },
    OperatorSet: { fields: { domain: field('string', 1), version: field('int64', 2) } },
    Entry: { fields: { key: field('string', 1), value: field('string', 2) } },
    Graph: {
      fields: {
        node: list('Node', 1),
        name: field('string', 2),
        initializer: list('Tensor', 5),
        sparseInitializer: list('bytes', 15),
        input: list('Value', 11),
        output: list('Value', 12),
      },
    },
    Node: {
      fields: {
        input: list('string', 1),
        output: list('string', 2),
        name: field('string', 3),
        opType: field('string', 4),
        domain: field('string', 7),
        attribute: list('Attribute', 5),
      },
    },
    Attribute: {
      fields: {
        name: field('string', 1),
        type: field('int32', 20),
        f: field('float', 2),
        i: field('int64', 3),
        s: field('bytes', 4),
        t: field('Tensor', 5),
        g: field('bytes', 6),
        floats: list('float', 7),
        ints: list('int64', 8),
        strings: list('bytes', 9),
        tensors: list('bytes', 10),
        graphs: list('bytes', 11),
      },
    },
    Tensor: {
      fields: {
        dims: list('int64', 1),
        dataType: field('int32', 2),
        floatData: list('float', 4, true),
        int32Data: list('int32', 5, true),
        int64Data: list('int64', 7, true),
        name: field('string', 8),
        rawData: field('bytes', 9),
        doubleData: list('double', 10, true),
        externalData: list('Entry', 13),
        dataLocation: field('int32', 14),
      },
    },
    Value: { fields: { name: field('string', 1), type: field('Type', 2) } },
    Type: { fields: { tensorType: field('TensorType', 1) } },
    TensorType: { fields: { elemType: field('int32', 1), shape: field('Shape', 2) } },
    Shape: { fields: { dim: list('Dimension', 1) } },
    Dimension: { fields: { dimValue: field('int64', 1), dimParam: field('string', 2) } },
  },
});

/** The whole file: `Model.decode(bytes)`, `Model.encode(message)`. */
export const Model = root.lookupType('Model');

/** Kinds of elements of a tensor (`TensorProto.DataType`). */
export const FLOAT = 1;
export const INT64 = 7;

/** Kinds of attributes (`AttributeProto.AttributeType`). */
export const ATTRIBUTE = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7, strings: 8 } as const;

export interface ModelMessage {
  readonly irVersion: number;
  readonly producerName?: string;
  readonly opsetImport: readonly { domain?: string; version: number }[];
  readonly graph?: GraphMessage;
  readonly metadata?: readonly { key: string; value: string }[];
  readonly functions?: readonly Uint8Array[];
}

export interface GraphMessage {
  readonly name?: string;
  readonly node?: readonly NodeMessage[];
  readonly initializer?: readonly TensorMessage[];
  readonly sparseInitializer?: readonly Uint8Array[];
  readonly input?: readonly ValueMessage[];
  readonly output?: readonly ValueMessage[];
}

export interface NodeMessage {
  readonly input?: readonly string[];
  readonly output?: readonly string[];
  readonly name?: string;
  readonly opType?: string;
  readonly domain?: string;
  readonly attribute?: readonly AttributeMessage[];
}

export interface AttributeMessage {
  readonly name: string;
  readonly type?: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly t?: TensorMessage;
  readonly g?: Uint8Array;
  readonly floats?: readonly number[];
  readonly ints?: readonly number[];
  readonly strings?: readonly Uint8Array[];
  readonly tensors?: readonly Uint8Array[];
  readonly graphs?: readonly Uint8Array[];
}

export interface TensorMessage {
  readonly name?: string;
  readonly dims?: readonly number[];
  readonly dataType?: number;
  readonly floatData?: readonly number[];
  readonly int64Data?: readonly number[];
  readonly rawData?: Uint8Array;
  readonly externalData?: readonly unknown[];
  readonly dataLocation?: number;
}

export interface ValueMessage {
  readonly name: string;
  readonly type?: { readonly tensorType?: { elemType?: number; shape?: { dim?: readonly DimensionMessage[] } } };
}

interface DimensionMessage {
  readonly dimValue?: number;
  readonly dimParam?: string;
}
