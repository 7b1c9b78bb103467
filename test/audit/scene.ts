import { accountOf, blood, gastroscopy, visitsOf } from '../browser/clinic.ts'
import { RegistrationDesk } from '../journeys/registration-desk.ts'
import { World } from '../world/world.ts'

/** A page with everything that it needs to be complete. */
export interface Place {
  readonly name: string
  readonly url: string
}

export interface Scene {
  /** The session of the patient. */
  readonly cookie: string
  readonly home: Place
  readonly bare: Place
  /** Pages of the app besides the home page. */
  readonly others: readonly Place[]
  readonly close: () => Promise<void>
}

/** A patient with a card, a visit under way and a registration, in front of the app; beside it the bare page, served alike. */
export async function setScene(appFolder: string, bareFolder: string): Promise<Scene> {
  const [app, bare] = await Promise.all([World.start({ h5Dir: appFolder }), World.start({ h5Dir: bareFolder })])
  const close = async (): Promise<void> => {
    await Promise.all([app.close(), bare.close()])
  }
  try {
    const patient = await accountOf(app, '陈静')
    const desk = await RegistrationDesk.come(patient)
    const { slotNo } = await desk.freeSlot(1)
    const { id: registrationId } = await desk.register()
    await app.his().start('V1', '陈静')
    await app.his().order('V1', gastroscopy)
    await app.his().order('V1', blood)
    const [visit] = (await visitsOf(patient)).filter(({ payments }) => payments.length === 2)
    if (!visit) throw new Error('the visit does not show')
    const at = (name: string, path: string): Place => ({ name, url: app.url + path })
    const others = [
      at('credit', '/packages/credit/status/index'),
      at('departments', '/packages/registration/departments/index'),
      at('checkout', `/packages/registration/checkout/index?slotNo=${encodeURIComponent(slotNo)}`),
      at('registration', `/packages/registration/detail/index?registrationId=${registrationId}`),
      at('visit', `/packages/visits/detail/index?visitId=${visit.id}`),
      at('fees', `/packages/visits/fees/index?visitId=${visit.id}`),
      at('payment', `/packages/payments/status/index?paymentId=${visit.payments[0]?.id ?? ''}`),
    ]
    return { cookie: patient.cookie, home: at('home', '/'), bare: { name: 'bare', url: `${bare.url}/` }, others, close }
  } catch (error) {
    await close()
    throw error
  }
}
