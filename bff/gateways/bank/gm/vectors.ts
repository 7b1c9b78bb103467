const hex = (text: string): Buffer => Buffer.from(text, 'hex')

/** Known answers: what the standards print, and one message signed by another implementation (`bank.md §2.8`). All keys are thrown away. */
export const standardVectors = {
  sm3: [
    // GB/T 32905 A.1, A.2
    { text: 'abc', digest: hex('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0') },
    { text: 'abcd'.repeat(16), digest: hex('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732') },
  ],
  // GB/T 32907 A.1
  sm4: {
    key: hex('0123456789abcdeffedcba9876543210'),
    plain: hex('0123456789abcdeffedcba9876543210'),
    sealed: hex('681edf34d206965e86b3e94f536e4246'),
  },
  // GB/T 32918.5 annex A: signature
  signature: {
    privateKey: hex('3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8'),
    publicKey: hex(
      '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
        'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    ),
    z: hex('b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3'),
    message: Buffer.from('message digest'),
    nonce: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
    r: 0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3n,
    s: 0xb1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aan,
  },
  // GB/T 32918.5 annex C: encryption, to the key of annex A and with its nonce
  encryption: {
    message: Buffer.from('encryption standard'),
    sealed: hex(
      '0404ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73' +
        'e858f9d81e5430a57b36daab8f950a3c64e6ee6a63094d99283aff767e124df0' +
        '59983c18f809e262923c53aec295d30383b54e39d609d160afcb1908d0bd8766' +
        '21886ca989ca9c7d58087307ca93092d651efa',
    ),
  },
  foreign: {
    publicKey: hex(
      '04044f052a6e68772da35b3ec53b5bfc50ece89e3a2c12328ee556aee51897f9dc' +
        '8a740c7416973f59aa7c922b97457bbc7981f88d8cdcc6e3e15bd4df21d7025f',
    ),
    message:
      '/api/creditMed/lock/v1?app_id=app202611210001&biz_content={"req_head":{"trans_time":"20261121193000","version":"1.0"},' +
      '"req_body":{"mer_ptc_id":"301510000000001","mer_tran_no":"L20261121193000000001","sign_agr_no":"CM2026000000000001",' +
      '"lock_amount":"120.00","currency":"CNY"}}&charset=UTF-8&fmt_type=json&msg_id=0f8fad5bd9cb469fa16570867728950e' +
      '&timestamp=2026-11-21 19:30:00',
    signature: 'MEUCIQCUxwAf7CYqJPjia3N2ogf57yiiGa7j2qwORRGRq1rz2QIgIGnw2ui1lwOmtjf+oM6SlQQB9ZsoCbqGOubND4k1Wjc=',
  },
}

export type StandardVectors = typeof standardVectors
