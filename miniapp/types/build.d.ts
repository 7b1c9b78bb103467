/** Build-time constant of `config/index.ts`: where the WeChat build finds the BFF. */
declare const API_BASE: string

declare module '*.scss'
