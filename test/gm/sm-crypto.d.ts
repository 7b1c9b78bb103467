/** The part of the package that is met here; it brings no types. Keys, signatures and ciphertexts are hex. */
declare module 'sm-crypto' {
  interface Pair {
    readonly privateKey: string
    readonly publicKey: string
  }
  interface SignatureOptions {
    readonly hash: true
    readonly der: true
    readonly publicKey?: string
  }
  const sm2: {
    generateKeyPairHex(): Pair
    doSignature(message: string, privateKey: string, options: SignatureOptions): string
    doVerifySignature(message: string, signature: string, publicKey: string, options: SignatureOptions): boolean
    doEncrypt(message: string, publicKey: string, order: 1): string
    doDecrypt(sealed: string, privateKey: string, order: 1): string
  }
  const sm3: (text: string) => string
  const sm4: {
    encrypt(text: string, key: string, options: { readonly mode: 'cbc'; readonly iv: string }): string
    decrypt(sealed: string, key: string, options: { readonly mode: 'cbc'; readonly iv: string }): string
  }
  export { sm2, sm3, sm4 }
}
