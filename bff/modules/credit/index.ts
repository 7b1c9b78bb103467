export { creditHisRoutes, creditRoutes } from './routes.ts'
export { askSignUp, type SignUp } from './sign-up.ts'
