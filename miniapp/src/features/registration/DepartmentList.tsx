import type { Department } from '@paycare/shared/contract'
import { departmentsTexts, leftText } from '@paycare/shared/text'
import type { ReactNode } from 'react'
import { open } from '../../routes'
import { Box, Item, List } from '../../ui/elements'
import { Icon } from '../../ui/Icon'
import { Press } from '../../ui/Press'
import { Tag } from '../../ui/Tag'
import './DepartmentList.scss'

/** Departments with where they are and how many slots are left; a full one opens, too. */
export function DepartmentList({ departments }: { readonly departments: readonly Department[] }): ReactNode {
  return (
    <List className="DepartmentList">
      {departments.map(({ departmentNo, name, place, leftCount, isRecent }) => (
        <Item key={departmentNo} className="DepartmentList__item">
          <Press kind="bare" className="DepartmentList__row" onPress={() => open('doctor', { departmentNo })}>
            <Box className="DepartmentList__text">
              <Box className="DepartmentList__head">
                <Box className="DepartmentList__name">{name}</Box>
                {isRecent ? <Tag text={departmentsTexts.recent} /> : null}
              </Box>
              <Box className="DepartmentList__place">{place}</Box>
            </Box>
            <Box className={leftCount === 0 ? 'DepartmentList__full' : 'DepartmentList__left'}>
              {leftText(leftCount)}
            </Box>
            <Icon name="forward" size="small" />
          </Press>
        </Item>
      ))}
    </List>
  )
}
