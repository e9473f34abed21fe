// What a program on kafkajs relies on: contents, groups and their rebalances, offsets, errors.
const { Kafka, CompressionTypes, logLevel } = require('kafkajs')
const assert = require('node:assert')

const run = Math.random().toString(36).slice(2, 10)
const kafka = new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING, retry: { retries: 3 } })
let passed = 0

function check(what, actual, expected) {
  assert.deepStrictEqual(actual, expected, what)
  passed++
  console.log(`ok ${passed} - ${what}`)
}

async function until(what, holds) {
  for (let i = 0; i < 300; i++) {
    if (await holds()) return check(what, true, true)
    await new Promise(done => setTimeout(done, 100))
  }
  assert.fail(`${what}: not within 30 seconds`)
}

async function typeOf(call) {
  try {
    await call()
    return 'none'
  } catch (e) {
    return e.type || (e.cause || {}).type || e.name
  }
}

function member(group, topic, seen, options = {}) {
  const consumer = kafka.consumer({ groupId: group, sessionTimeout: 6000, heartbeatInterval: 500, ...options })
  const state = { consumer, assigned: [], seen }
  consumer.on(consumer.events.GROUP_JOIN, e => { state.assigned = e.payload.memberAssignment[topic] || [] })
  state.start = async (fromBeginning = true) => {
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning })
    await consumer.run({ eachMessage: async ({ partition, message }) => { seen.push({ partition, ...message }) } })
  }
  return state
}

async function main() {
  const admin = kafka.admin()
  await admin.connect()
  const topic = `kafkajs-${run}`
  const topics = [{ topic, numPartitions: 4, configEntries: [{ name: 'retention.ms', value: '777000' }] }]
  check('create', await admin.createTopics({ topics }), true)
  check('create again', await admin.createTopics({ topics }), false)
  const described = await admin.fetchTopicMetadata({ topics: [topic] })
  check('partitions', described.topics[0].partitions.length, 4)
  const configs = await admin.describeConfigs({ resources: [{ type: 2, name: topic, configNames: ['retention.ms'] }] })
  check('config', configs.resources[0].configEntries[0].configValue, '777000')

  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const sent = []
  for (const compression of [CompressionTypes.None, CompressionTypes.GZIP]) {
    const messages = []
    for (let n = 0; n < 200; n++) {
      messages.push({ key: `k${n}`, value: `${compression}:${n}`, partition: n % 4, headers: { n: String(n) } })
      sent.push(`${compression}:${n}`)
    }
    const acks = await producer.send({ topic, messages, compression, acks: -1 })
    check(`compression ${compression}: acknowledged`, acks.map(a => a.errorCode), [0, 0, 0, 0])
  }
  const ends = await admin.fetchTopicOffsets(topic)
  check('ends', ends.map(o => o.offset), ['100', '100', '100', '100'])

  const group = `group-${run}`
  const seen = []
  const a = member(group, topic, seen)
  await a.start()
  await until('one member owns all', () => a.assigned.length === 4)
  await until('and reads all', () => seen.length === 400)
  check('contents', seen.map(m => m.value.toString()).sort(), sent.sort())
  check('headers', seen.every(m => m.headers.n.toString() === m.value.toString().split(':')[1]), true)

  const b = member(group, topic, seen)
  await b.start()
  await until('two members share', () => a.assigned.length === 2 && b.assigned.length === 2)
  await producer.send({ topic, messages: [0, 1, 2, 3].map(p => ({ value: `late ${p}`, partition: p })) })
  await until('each record once', () => seen.length === 404)
  const state = await admin.describeGroups([group])
  check('the group is stable', [state.groups[0].state, state.groups[0].members.length], ['Stable', 2])
  check('a live group is not deleted', await typeOf(() => admin.deleteGroups([group])),
    'KafkaJSDeleteGroupsError')
  await b.consumer.disconnect()
  await until('one owns all again', () => a.assigned.length === 4)
  await a.consumer.disconnect()

  const offsets = await admin.fetchOffsets({ groupId: group, topics: [topic] })
  check('committed', offsets[0].partitions.map(p => p.offset).sort(), ['101', '101', '101', '101'])
  await admin.resetOffsets({ groupId: group, topic, earliest: true })
  const again = []
  const c = member(group, topic, again)
  await c.start()
  await until('a reset group reads all again', () => again.length === 404)
  await c.consumer.disconnect()
  await admin.deleteGroups([group])
  check('the group is gone', (await admin.listGroups()).groups.some(g => g.groupId === group), false)

  await admin.deleteTopics({ topics: [topic] })
  check('delete again', await typeOf(() => admin.deleteTopics({ topics: [topic] })), 'UNKNOWN_TOPIC_OR_PARTITION')
  await producer.disconnect()
  await admin.disconnect()
  console.log(`${passed} passed, 0 failed`)
}

main().then(() => process.exit(0), e => {
  console.error(`FAILED: ${e.stack}`)
  process.exit(1)
})
