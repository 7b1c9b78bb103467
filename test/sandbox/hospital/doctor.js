// Makes the server-rendered page more comfortable; every action works without it.
const yuan = (fen) =>
  `¥${Math.trunc(fen / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')}.${String(fen % 100).padStart(2, '0')}`

const typedFen = (text) => {
  const match = /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text.replace(/[¥,，\s]/g, ''))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0
}

function showTotal(form) {
  const output = form.querySelector('[data-total]')
  if (!output) return
  const boxes = [...form.querySelectorAll('input[type=checkbox]:checked')].map((box) => Number(box.dataset.fen))
  const fields = [...form.querySelectorAll('[data-amount]')].map((field) => typedFen(field.value))
  output.textContent = yuan([...boxes, ...fields].reduce((sum, fen) => sum + fen, 0))
}

document.addEventListener('input', (event) => {
  const form = event.target.closest('form')
  if (!form) return
  event.target.dataset.touched = 'yes'
  showTotal(form)
})

// One submit per click: the hospital's own key would stop a repeat as well, but the doctor should see that it runs.
document.addEventListener('submit', (event) => {
  const button = event.submitter
  if (button?.dataset.confirm && !globalThis.confirm(button.dataset.confirm)) {
    event.preventDefault()
    return
  }
  if (event.target.method === 'post' && button) {
    setTimeout(() => {
      button.disabled = true
      button.textContent = '正在提交…'
    })
  }
})

// Back to the plain address, so that a reload neither announces again nor counts as the form's own redirect.
const address = new URL(location.href)
for (const name of ['submitted', 'after', 'error']) address.searchParams.delete(name)
history.replaceState(null, '', address)

const notice = document.querySelector('dialog.notice')
if (notice) {
  notice.close()
  notice.showModal()
  notice.querySelector('form').addEventListener('submit', (event) => {
    event.preventDefault()
    notice.close()
  })
}

function keepTyping(old, fresh) {
  for (const field of old.querySelectorAll('input[data-touched]')) {
    const twin = fresh.querySelector(`[name="${field.name}"]`)
    if (twin) {
      twin.value = field.value
      twin.dataset.touched = 'yes'
    }
  }
  for (const open of old.querySelectorAll('details[open]')) {
    const twin = open.id && fresh.querySelector(`#${open.id}`)
    if (twin) twin.open = true
  }
  for (const form of fresh.querySelectorAll('form')) showTotal(form)
}

async function look() {
  const orders = document.getElementById('live-orders')
  if (orders?.dataset.uncertain !== 'yes') return
  try {
    const answer = await fetch(orders.dataset.live)
    if (!answer.ok) return
    const text = await answer.text()
    const holder = document.createElement('div')
    holder.innerHTML = text
    for (const fresh of Array.from(holder.children)) {
      const old = document.getElementById(fresh.id)
      if (!old || old.contains(document.activeElement) || old.outerHTML === fresh.outerHTML) continue
      keepTyping(old, fresh)
      old.replaceWith(fresh)
    }
  } catch {
    // The next look may find the hospital again.
  }
}
setInterval(look, 1500)
