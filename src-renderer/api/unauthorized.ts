let tell: () => void = () => {};

/** Called whenever an answer says that the session is over. */
export const onUnauthorized = (listener: () => void): void => {
  tell = listener;
};

export const tellUnauthorized = (): void => tell();
