import type { AttributeMessage, ValueMessage } from './onnx-schema';
import { ATTRIBUTE } from './onnx-schema';

/** Weights, shapes and other tensors that a file holds. Row by row. */
export interface Constant {
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** One operation of a graph. Its inputs and outputs are names of tensors; an input that is left out is empty. */
export interface GraphNode {
  readonly op: string;
  readonly name: string;
  inputs: string[];
  outputs: string[];
  attributes: readonly AttributeMessage[];
}

/** A model's operations in an order in which they can be done, and the tensors that its file holds. Passes change it. */
export class Graph {
  readonly constants = new Map<string, Constant>();
  private names = 0;

  constructor(
    public nodes: GraphNode[],
    readonly inputs: readonly ValueMessage[],
    readonly outputs: readonly ValueMessage[],
  ) {}

  /** The node that makes a tensor; undefined for inputs and constants. */
  producer(tensor: string): GraphNode | undefined {
    return this.nodes.find(({ outputs }) => outputs.includes(tensor));
  }

  consumers(tensor: string): GraphNode[] {
    return this.nodes.filter(({ inputs }) => inputs.includes(tensor));
  }

  isOutput(tensor: string): boolean {
    return this.outputs.some(({ name }) => name === tensor);
  }

  /** The one node that takes a tensor, when nothing else needs it. */
  onlyConsumer(tensor: string): GraphNode | undefined {
    const all = this.consumers(tensor);
    return all.length === 1 && !this.isOutput(tensor) ? all[0] : undefined;
  }

  floats(name: string | undefined): { dims: readonly number[]; data: Float32Array } | undefined {
    const constant = name === undefined ? undefined : this.constants.get(name);
    return constant?.data instanceof Float32Array ? { dims: constant.dims, data: constant.data } : undefined;
  }

  integers(name: string | undefined): number[] | undefined {
    const constant = name === undefined ? undefined : this.constants.get(name);
    return constant?.data instanceof BigInt64Array ? [...constant.data].map(Number) : undefined;
  }

  /** Adds a constant under a new name, which it gives back. */
  constant(data: Float32Array | readonly number[], dims: readonly number[]): string {
    const name = this.fresh('constant');
    this.constants.set(name, {
      dims,
      data: data instanceof Float32Array ? data : BigInt64Array.from(data.map(BigInt)),
    });
    return name;
  }

  /** A name that no tensor has. */
  fresh(hint: string): string {
    const name = `optimised/${hint}/${++this.names}`;
    return this.constants.has(name) || this.producer(name) ? this.fresh(hint) : name;
  }

  /** A node that makes one new tensor; where it stands among the others is the caller's. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: readonly AttributeMessage[] = [],
    output?: string,
  ): GraphNode {
    const name = this.fresh(op.toLowerCase());
    return { op, name, inputs: [...inputs], outputs: [output ?? name], attributes };
  }

  insertBefore(at: GraphNode, ...nodes: GraphNode[]): void {
    this.nodes.splice(this.nodes.indexOf(at), 0, ...nodes);
  }

  replace(old: GraphNode, ...nodes: GraphNode[]): void {
    this.nodes.splice(this.nodes.indexOf(old), 1, ...nodes);
  }

  /** Whoever took one tensor takes another. */
  redirect(from: string, to: string): void {
    for (const node of this.nodes) node.inputs = node.inputs.map((name) => (name === from ? to : name));
  }

  /** Takes away every node and constant that no output needs. */
  prune(): void {
    const needed = new Set(this.outputs.map(({ name }) => name));
    const kept: GraphNode[] = [];
    for (const node of this.nodes.toReversed()) {
      if (!node.outputs.some((name) => needed.has(name))) continue;
      kept.unshift(node);
      for (const name of node.inputs) needed.add(name);
    }
    this.nodes = kept;
    for (const name of this.constants.keys()) if (!needed.has(name)) this.constants.delete(name);
  }
}

export function ints({ attributes }: GraphNode, name: string): readonly number[] | undefined {
  const found = attributes.find((attribute) => attribute.name === name);
  return found && (found.ints ?? []);
}

export function int({ attributes }: GraphNode, name: string, otherwise: number): number {
  const found = attributes.find((attribute) => attribute.name === name);
  return found ? (found.i ?? 0) : otherwise;
}

export function float({ attributes }: GraphNode, name: string, otherwise: number): number {
  const found = attributes.find((attribute) => attribute.name === name);
  return found ? (found.f ?? 0) : otherwise;
}

export function text({ attributes }: GraphNode, name: string, otherwise: string): string {
  const found = attributes.find((attribute) => attribute.name === name);
  return found?.s ? Buffer.from(found.s).toString('utf8') : otherwise;
}

export const intsAttribute = (name: string, values: readonly number[]): AttributeMessage => ({
  name,
  type: ATTRIBUTE.ints,
  ints: values,
});

export const intAttribute = (name: string, i: number): AttributeMessage => ({ name, type: ATTRIBUTE.int, i });

export const sizeOf = (dims: readonly number[]): number => dims.reduce((product, dim) => product * dim, 1);
