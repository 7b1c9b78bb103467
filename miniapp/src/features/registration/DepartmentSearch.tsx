import type { Department } from '@paycare/shared/contract'
import { departmentsTexts, labels } from '@paycare/shared/text'
import { useState, type ReactNode } from 'react'
import { callPhone } from '../../platform/phone'
import { Box } from '../../ui/elements'
import { Field } from '../../ui/Field'
import { Press } from '../../ui/Press'
import { StateView } from '../../ui/StateView'
import { DepartmentList } from './DepartmentList'
import './DepartmentSearch.scss'
import { findDepartments } from './find-departments'

interface DepartmentSearchProps {
  readonly departments: readonly Department[]
  /** The hospital's, where a person can be asked. */
  readonly phone: string
}

/** All departments, narrowed by what the patient types. */
export function DepartmentSearch({ departments, phone }: DepartmentSearchProps): ReactNode {
  const [query, setQuery] = useState('')
  const found = findDepartments(departments, query)
  const asked = query.trim()
  const showAll = (): void => setQuery('')
  if (departments.length === 0) {
    return <StateView face="notPaid" title={departmentsTexts.noneTitle} next={departmentsTexts.noneNext} />
  }
  return (
    <>
      <Box className="DepartmentSearch">
        <Box className="DepartmentSearch__field">
          <Field
            label={departmentsTexts.search}
            hint={departmentsTexts.hint}
            kind="text"
            value={query}
            onChange={setQuery}
          />
        </Box>
        {query === '' ? null : <Press kind="quiet" label={departmentsTexts.clear} onPress={showAll} />}
      </Box>
      <Box announced className="DepartmentSearch__found">
        {asked === '' || found.length === 0 ? '' : departmentsTexts.found(found.length)}
      </Box>
      {found.length === 0 ? (
        <StateView
          face="notPaid"
          title={departmentsTexts.emptyTitle(asked)}
          next={departmentsTexts.emptyNext}
          action={{ label: departmentsTexts.showAll, onPress: showAll }}
          second={{ label: labels.call(phone), onPress: () => callPhone(phone) }}
        />
      ) : (
        <DepartmentList departments={found} />
      )}
    </>
  )
}
