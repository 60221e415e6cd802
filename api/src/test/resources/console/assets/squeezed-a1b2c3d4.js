export const squeezed = 1
