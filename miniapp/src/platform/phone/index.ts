import Taro from '@tarojs/taro'

/** Opens the phone's dialler; closing it without a call is no error. */
export function callPhone(phone: string): void {
  Taro.makePhoneCall({ phoneNumber: phone }).catch(() => undefined)
}
