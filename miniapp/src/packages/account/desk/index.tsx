import { WebView } from '@tarojs/components'
import { useRouter } from '@tarojs/taro'
import type { ReactNode } from 'react'

/** WeChat only: the hospital's payment page. WeChat itself refuses every address outside the registered business domains. */
export default function DeskPage(): ReactNode {
  const url = decodeURIComponent(useRouter().params['url'] ?? '')
  return url.startsWith('https://') ? <WebView src={url} /> : null
}
