/** Gadgets. */
export const gadget = 1;
