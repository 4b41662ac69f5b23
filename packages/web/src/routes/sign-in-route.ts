import { createRoute } from '@tanstack/react-router';
import { SignInPage } from '../shell/sign-in-page.tsx';
import { rootRoute } from './root-route.tsx';

/** `/sign-in`: how to get in. */
export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: SignInPage,
});
