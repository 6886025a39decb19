/** The networks that can be trained: the denoiser, and the published score network. */
export const conformerNetworkNames = ['denoiser', 'score'] as const;
export type ConformerNetworkName = (typeof conformerNetworkNames)[number];
