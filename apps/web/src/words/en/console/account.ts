import type { Like } from '../..';
import type zh from '../../zh/console/account';

const account: Like<typeof zh> = {
  title: 'My account', changePassword: 'Change password', oldPassword: 'Present password', newPassword: 'New password', rule: 'At least 10 characters, not a common one', change: 'Change password', changed: 'Changed. Other devices have to sign in again.',
  displayName: 'Your name', displayNameHint: 'As colleagues and the audit log see it', needDisplayName: 'Enter your name', loginNameHint: 'To sign in with: 3 letters or digits and more, such as chen.ke',
  link: {
    title: 'One-time link', invitation: 'Join the console', passwordReset: 'Set a new password', firstAdministrator: 'Set up the first administrator',
    joins: '{organisation} invites you as {role}. Set up your account and begin.', resets: 'A new password for the account {name}.', first: 'Nobody can sign in yet. Set up an account; you are the platform administrator.',
    leaves: '{name} is signed in in this browser; the new account takes over.', enter: 'Set up and enter', set: 'Change and enter', until: 'This link is good until {time}, once.',
    over: 'This link no longer works', overText: 'It was used or has expired. Ask for another from whoever gave it to you.', toSignIn: 'Sign in',
  },
};
export default account;
