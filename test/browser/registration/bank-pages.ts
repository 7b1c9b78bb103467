import { press } from '../phone.ts'
import type { Scene } from '../session.ts'

/** Leaves the page before the bank for the bank. */
export async function leaveForBank({ phone }: Scene): Promise<void> {
  await press(phone, '去交通银行')
}

/** Signs up on the bank's own pages, with the code that the bank sends by SMS. */
export async function signUp({ world, phone: { page } }: Scene): Promise<void> {
  await page.getByRole('heading', { name: '开通“信用就医”' }).waitFor()
  await page.getByRole('link', { name: '申请开通' }).click()
  await page.getByRole('checkbox', { name: '我已阅读并同意以上授权' }).check()
  await page.getByRole('button', { name: '同意并获取验证码' }).click()
  const code = page.getByRole('textbox', { name: '短信验证码' })
  await code.waitFor()
  await code.fill(world.sandbox.bank.sms().at(-1)?.code ?? '')
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByText('签约成功').waitFor()
}

/** Repays all that is owed. */
export async function repayAll({ phone: { page } }: Scene): Promise<void> {
  await page.getByRole('heading', { name: '还款' }).waitFor()
  await page.getByRole('button', { name: '确认还款' }).click()
  await page.getByText(/^已还款/).waitFor()
}

/** Follows the bank's own link back to the hospital. */
export async function backToHospital({ phone: { page } }: Scene): Promise<void> {
  await page.getByRole('link', { name: '返回锦城市第一人民医院' }).click()
}
