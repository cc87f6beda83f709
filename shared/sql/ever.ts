/** Days that hold all others: for tables that are small, and read whole. */
export const EVER = { from: '2000-01-01', to: '2099-12-31' } as const;
