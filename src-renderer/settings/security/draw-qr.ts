/** A QR code as the path of an SVG: one unit for each module. */
export interface Drawn {
  readonly path: string;
  readonly size: number;
}

/** Draws a text; the library is fetched when it is first needed. */
export async function drawQr(text: string): Promise<Drawn> {
  const { default: qrcode } = await import('qrcode-generator');
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const numbers = Array.from({ length: size }, (_, index) => index);
  const dark = numbers.flatMap((y) => numbers.filter((x) => code.isDark(y, x)).map((x) => `M${x} ${y}h1v1h-1z`));
  return { path: dark.join(''), size };
}
