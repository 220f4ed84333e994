// The same for page/ and notebook/, which are not strict yet: anything. It goes when they are.
type ElementOf<_T> = any;
type Heard<_E> = any;
