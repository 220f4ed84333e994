// The types of strict.d.ts as `any`, for page/ and notebook/, which are not strict yet. Remove this when they are.
type ElementOf<_T> = any;
type Heard<_E> = any;
