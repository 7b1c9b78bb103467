/** What a reader of a green test must not conclude from this bank; served at `GET /_sandbox/about`. */
export const NOT_IMITATED: readonly string[] = [
  '还款不涉及真实账户，短信不发出；审核规则只看年龄和名单（bank.md §3.14）',
  '分期付的罚息和到期自动扣款（bank.md §5.7）',
  '国密方案 BOCOM_GM 与双向 TLS（bank.md §2.7, §2.9）',
  'SBOX 开头的代码、逻辑路径和多数字段是约定，不是银行文件（bank.md §0）',
]
