/** Every file of the corpus; tests are named after them before it is built. */
export const NAMES: readonly string[] = `
  aac-id3.aac aac.aac aifc.aiff aiff-id3.aiff aiff-marks.aiff aiff.aiff alac-moov-last.m4a alac.m4a by-taglib.aiff
  by-taglib.flac by-taglib.m4a by-taglib.mp3 by-taglib.ogg by-taglib.opus by-taglib.wav by-taglib.wma by-taglib.wv
  dsf-id3.dsf dsf.dsf flac-behind-id3.flac flac-big-picture.flac flac-cue.flac flac-id3v1.flac flac-in-ogg.ogg
  flac-md5-zero.flac flac-padded.flac flac-padding-first.flac flac-padding-middle.flac flac-seek-table.flac
  flac-tight.flac flac-unusual.flac m4a-64-bit-mdat.m4a m4a-64-bit-moov.m4a m4a-bare.m4a m4a-chapters.m4a
  m4a-closed-track-udta.m4a m4a-closed-udta.m4a m4a-empty-udta.m4a m4a-meta-without-tags.m4a m4a-no-udta.m4a
  m4a-quicktime-meta.m4a m4a-two-udta.m4a m4a-udta-without-meta.m4a
  m4a-co64.m4a m4a-dash.m4a m4a-fragmented.m4a m4a-keys.m4a m4a-moov-first.m4a m4a-moov-last.m4a
  m4a-unusual-atoms.m4a monkeys-bare.ape monkeys-behind-id3.ape monkeys-unusual.ape monkeys.ape mp2.mp2
  mp3-ape-only.mp3 mp3-ape-version-1.mp3 mp3-appended-tag.mp3 mp3-bare.mp3 mp3-by-ffmpeg.mp3
  mp3-extended-header.mp3 mp3-footer.mp3 mp3-id3v1-only.mp3 mp3-id3v22.mp3 mp3-id3v23-v1-ape.mp3
  mp3-id3v24-extended-header.mp3 mp3-id3v24-no-padding.mp3 mp3-id3v24-plain-sizes.mp3
  mp3-id3v24-unsynchronised.mp3 mp3-id3v24.mp3 mp3-lame.mp3 mp3-locked-frames.mp3 mp3-lyrics3.mp3
  mp3-silence-before-audio.mp3 mp3-two-tags.mp3 mp3-unsynchronised.mp3 mp3-unusual-frames-23.mp3
  mp3-unusual-frames-24.mp3 mp3-vbr.mp3 mp3-vbri.mp3 musepack-bare.mpc musepack-behind-id3.mpc
  musepack-sv7-behind-id3.mpc musepack-sv7.mpc musepack.mpc opus-chained.opus opus-picture.opus opus.opus
  speex.ogg vorbis-behind-theora.ogg vorbis-beside-opus.ogg vorbis-chained-multiplexed.ogg vorbis-chained.ogg
  vorbis-early-audio.ogg vorbis-picture.ogg vorbis-skeleton.ogg vorbis-unusual.ogg vorbis.ogg wav-bare.wav
  wav-bw64.wav wav-cue.wav wav-id3.wav wav-info.wav wav-odd.wav wav-rf64.wav wav-studio.wav wavpack-bare.wv
  wavpack-behind-id3.wv wavpack-id3v1.wv wavpack-unusual.wv wavpack.wv wma-bare.wma wma-unusual.wma wma.wma`
  .trim()
  .split(/\s+/);
