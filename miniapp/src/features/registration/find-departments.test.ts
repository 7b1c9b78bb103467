import type { Department } from '@paycare/shared/contract'
import { expect, test } from 'vitest'
import { findDepartments } from './find-departments'

const department = (name: string, words: string[], isRecent = false): Department => ({
  departmentNo: name,
  name,
  place: '',
  words,
  leftCount: 1,
  isRecent,
})
const all = [
  department('心内科', ['胸闷', '心慌', '高血压']),
  department('神经内科', ['头痛', '头晕', '头']),
  department('骨科', ['膝盖', '腰痛'], true),
  department('儿科', ['孩子', '发烧', '咳嗽']),
  department('发热门诊', ['发烧']),
]
const names = (query: string): string[] => findDepartments(all, query).map(({ name }) => name)

test('without a query all are there, the recent one first and the rest in the hospital’s order', () => {
  expect(names('')).toEqual(['骨科', '心内科', '神经内科', '儿科', '发热门诊'])
  expect(names('  ')).toEqual(names(''))
})

test('a department is found by its name, by a part of the body and by a complaint', () => {
  expect(names('骨')).toEqual(['骨科'])
  expect(names('膝盖')).toEqual(['骨科'])
  expect(names('头')).toEqual(['神经内科'])
  expect(names('胸')).toEqual(['心内科'])
})

test('a sentence finds the department that explains most of it', () => {
  expect(names('孩子发烧')).toEqual(['儿科', '发热门诊'])
  expect(names('我 膝盖疼')).toEqual(['骨科'])
})

test('a name beats words', () => {
  expect(names('内科')).toEqual(['心内科', '神经内科'])
  expect(names('挂儿科')).toEqual(['儿科'])
})

test('nothing is found for what nobody treats', () => {
  expect(names('修车')).toEqual([])
})
