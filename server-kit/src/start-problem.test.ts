import { createServer, type AddressInfo } from 'node:net'
import { DatabaseError } from '@chatflow/database'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ConfigError } from './config.ts'
import { explainAndExit, portOrProblem, StartProblem } from './start-problem.ts'

describe('a server that cannot start', () => {
  it('says that its port is in use, and passes on whatever else is the matter', async () => {
    const first = createServer()
    await new Promise<void>((resolve) => first.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void first.close())
    const { port } = first.address() as AddressInfo
    const listening = new Promise<void>((resolve, reject) => createServer().once('error', reject).listen(port, '127.0.0.1', resolve))
    const problem = await portOrProblem(listening, port).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(StartProblem)
    expect((problem as Error).message).toBe(`Cannot listen on PORT ${port}: it is in use.`)
    await expect(portOrProblem(Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES' })), 80)).rejects.toThrow('Cannot listen on PORT 80: it is not permitted.')
    const fault = new Error('a fault of ours')
    await expect(portOrProblem(Promise.reject(fault), port)).rejects.toBe(fault)
    expect(await portOrProblem(Promise.resolve('address'), port)).toBe('address')
  })

  it('says in a sentence what the operator can put right, shows where a fault of ours is, and ends with 1', () => {
    const said: unknown[] = []
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('exit')
    })
    const print = vi.spyOn(console, 'error').mockImplementation((what: unknown) => void said.push(what))
    onTestFinished(() => {
      exit.mockRestore()
      print.mockRestore()
    })
    const fault = new Error('a fault of ours')
    for (const error of [new ConfigError(['PORT is no number.']), new DatabaseError('unreachable', 'There is no database.'), new StartProblem('The port is in use.'), fault]) {
      expect(() => explainAndExit(error)).toThrow('exit')
    }
    expect(said).toEqual(['PORT is no number.', 'There is no database.', 'The port is in use.', fault])
    expect(exit.mock.calls).toEqual([[1], [1], [1], [1]])
  })
})
