/** Says something to people. @throws PhasegateError `unavailable` when it was not taken */
export type Channel = (text: string) => Promise<void>;
