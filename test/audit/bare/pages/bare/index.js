import { Text, View } from '@tarojs/components'
import { createElement } from 'react'

/** A heading and a sentence: the least that a page of Taro can be. */
export default function BarePage() {
  return createElement(
    View,
    null,
    createElement('h1', null, '就医付款'),
    createElement(Text, null, '看病先不付钱，结束后一起付。'),
  )
}
