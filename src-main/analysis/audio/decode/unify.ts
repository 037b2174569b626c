import { type ChannelLayout, defaultLayout, mixFor } from '../channels';
import type { DecodedBlock } from '../codecs';
import { createResampler } from '../resample';

/** The form in which all samples of a file are given. */
export interface AudioForm {
  readonly sampleRate: number;
  readonly layout: ChannelLayout;
}

export const formOf = ({ channels, sampleRate, layout }: DecodedBlock): AudioForm => ({
  sampleRate,
  layout: layout?.length === channels.length ? layout : defaultLayout(channels.length),
});

/**
 * Gives blocks of any rate and channels in the form of a file's first: what differs is mixed for its speakers and
 * resampled. Blocks that have that form already pass through as they are.
 */
export function createUnifier(form: AudioForm) {
  let foreign: ReturnType<typeof createConversion> | undefined;
  const flush = (): Float32Array[][] => {
    const last = foreign?.flush();
    foreign = undefined;
    return last?.[0].length ? [last] : [];
  };
  return {
    push(block: DecodedBlock): Float32Array[][] {
      const isSame = block.sampleRate === form.sampleRate && block.channels.length === form.layout.length;
      if (isSame) return foreign ? [...flush(), block.channels] : [block.channels];
      const before = foreign?.takes(block) ? [] : flush();
      foreign ??= createConversion(block, form);
      const converted = foreign.push(block.channels);
      return converted[0].length > 0 ? [...before, converted] : before;
    },
    flush,
  };
}

function createConversion(first: DecodedBlock, form: AudioForm) {
  const mix = mixFor(formOf(first).layout, form.layout);
  const resamplers = form.layout.map(() => createResampler(first.sampleRate, form.sampleRate));
  return {
    takes: ({ channels, sampleRate }: DecodedBlock): boolean =>
      sampleRate === first.sampleRate && channels.length === first.channels.length,
    push: (channels: readonly Float32Array[]): Float32Array[] =>
      mix(channels).map((channel, i) => resamplers[i].push(channel).slice()),
    flush: (): Float32Array[] => resamplers.map((resampler) => resampler.flush().slice()),
  };
}
