/** The command cannot do what it was asked: a message for the user, and exit status 2. */
export class CannotRun extends Error {}
