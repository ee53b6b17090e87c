'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const total = data.totals.total;
  const chosen = data.chosen;
  const PHASES = ['THINKING', 'CODE_EXECUTION', 'TOOL_EXECUTION', 'RESULT_INTEGRATION', 'FUNCTION_CALL', 'RESPONSE',
    'COMPLETED', 'FAILED'];
  const NONE = 'in no phase';
  const charts = {};

  // Numbers.

  const count = n => Number(n).toLocaleString('en-US');
  const rounded = n => n.toLocaleString('en-US', {maximumFractionDigits: Number.isInteger(n) ? 0 : 1});
  const percent = (part, whole) => whole ? (100 * part / whole).toFixed(1) + ' %' : '';
  const time = nanos => {
    if (nanos === 0) {
      return '0';
    }
    const units = ['ns', 'µs', 'ms', 's'];
    let value = nanos;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)) + ' ' + units[unit];
  };
  const bytes = n => {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let unit = 0;
    while (n >= 1000 && unit < units.length - 1) {
      n /= 1000;
      unit++;
    }
    return (unit && n < 100 ? n.toFixed(1) : n.toFixed(0)) + ' ' + units[unit];
  };
  const words = phase => phase === NONE ? NONE : phase.toLowerCase().replaceAll('_', ' ');
  const metricWords = key => key.replace(/Nanos$/, '').replace(/([A-Z])/g, ' $1').toLowerCase();

  // Elements. Whatever the wire said becomes a text node, never markup.

  function element(name, content, className) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    for (const part of Array.isArray(content) ? content : [content]) {
      if (part !== null && part !== undefined) {
        made.append(part);
      }
    }
    return made;
  }

  const at = id => document.getElementById(id);
  const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const phaseColor = phase => color(phase === NONE ? 'none' : phase.toLowerCase().replaceAll('_', '-'));

  function table(id, heads, rows, textColumns = []) {
    const made = at(id);
    const kind = i => textColumns.includes(i) ? 'text' : '';
    const headRow = element('tr', heads.map((head, i) => element('th', head, kind(i))));
    const body = rows.map(row => element('tr', row.map((cell, i) =>
      element('td', cell, kind(i) && (i ? 'text wrap' : 'wrap')))));
    made.replaceChildren(element('thead', headRow), element('tbody', body));
  }

  function phaseName(phase) {
    const dot = element('span', '', 'dot');
    dot.dataset.phase = phase;
    return [dot, words(phase)];
  }

  function outcome(word) {
    return element('span', word, {completed: 'good', failed: 'bad', truncated: 'warn'}[word]);
  }

  // The run.

  function showRun() {
    const run = data.totals.run;
    const parts = [count(run.inputs) + (run.inputs === 1 ? ' input' : ' inputs'), bytes(run.rawBytes) + ' read'];
    if (run.unreadable) {
      parts.push(count(run.unreadable) + ' not readable');
    }
    at('run').textContent = parts.join(' · ');
    const sum = key => total.perStream[key] ? total.perStream[key].sum : 0;
    const outcomes = total.outcomes;
    const tiles = [
      ['Streams', count(total.streams), percent(outcomes.completed, total.streams) + ' completed'],
      ['Failed', count(outcomes.failed), percent(outcomes.failed, total.streams), outcomes.failed ? 'bad' : 'good'],
      ['Cut off', count(outcomes.truncated), percent(outcomes.truncated, total.streams),
        outcomes.truncated ? 'warn' : 'good'],
      ['Frames', count(sum('frames')), bytes(sum('bytes'))],
      ['Tokens in', count(sum('inputTokens')), count(sum('cachedTokens')) + ' from the cache'],
      ['Tokens out', count(sum('outputTokens')), count(sum('reasoningTokens')) + ' of reasoning'],
      ['Tool calls', count(sum('toolCalls')), count(sum('codeRounds')) + ' rounds of code'],
    ];
    const first = total.perStream.timeToFirstTokenNanos;
    if (first) {
      tiles.push(['First token after', time(first.p50), 'median; p99 ' + time(first.p99)]);
    }
    const speed = total.perStream.outputTokensPerSecond;
    if (speed) {
      tiles.push(['Tokens per second', rounded(speed.p50), 'median of the streams']);
    }
    at('tiles').replaceChildren(...tiles.map(([name, value, more, kind]) =>
      element('div', [element('span', name), element('b', value, kind), element('small', more)], 'tile')));
  }

  // Charts.

  function style() {
    Chart.defaults.color = color('faint');
    Chart.defaults.borderColor = color('line');
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    Chart.defaults.plugins.legend.labels.boxWidth = 12;
    Chart.defaults.plugins.legend.labels.boxHeight = 12;
    Chart.defaults.plugins.legend.position = 'bottom';
    document.querySelectorAll('.dot').forEach(dot => {
      dot.style.background = phaseColor(dot.dataset.phase);
    });
  }

  function draw(id, config) {
    if (charts[id]) {
      charts[id].destroy();
    }
    charts[id] = new Chart(at(id), config);
  }

  function drawShares() {
    const measures = [
      ['Output tokens', 'tokens', total.unattributedTokens, count],
      ['Frames', 'frames', total.unphasedFrames, count],
      ['Bytes', 'bytes', total.unphasedBytes, bytes],
    ];
    const lasted = phase => phase.lengthNanos ? phase.lengthNanos.sum : 0;
    if (total.phases.some(lasted)) {
      measures.unshift(['Time', lasted, 0, time]);
    }
    const value = (phase, key) => typeof key === 'function' ? key(phase) : phase[key];
    const sums = measures.map(([, key, outside]) =>
      outside + total.phases.reduce((sum, phase) => sum + value(phase, key), 0));
    const set = (name, values) => ({
      label: words(name), backgroundColor: phaseColor(name), borderColor: color('card'), borderWidth: {right: 2},
      borderSkipped: false, maxBarThickness: 34, values, data: values.map((v, i) => sums[i] ? 100 * v / sums[i] : 0),
    });
    const sets = total.phases.map(phase => set(phase.phase, measures.map(([, key]) => value(phase, key))));
    if (measures.some(([,, outside]) => outside)) {
      sets.push(set(NONE, measures.map(([,, outside]) => outside)));
    }
    draw('shares', {
      type: 'bar',
      data: {labels: measures.map(([name]) => name), datasets: sets.filter(s => s.values.some(v => v > 0))},
      options: {
        indexAxis: 'y',
        scales: {
          x: {stacked: true, max: 100, ticks: {callback: v => v + ' %'}, grid: {display: false}},
          y: {stacked: true, grid: {display: false}, ticks: {color: color('text')}},
        },
        plugins: {tooltip: {callbacks: {label: item =>
          `${item.dataset.label}: ${measures[item.dataIndex][3](item.dataset.values[item.dataIndex])}`
          + ` (${item.parsed.x.toFixed(1)} %)`}}},
      },
    });
  }

  function drawOrder() {
    const order = data.totals.inOrder;
    const per = order.streamsPerPoint;
    drawCurves('order', order, order.streams.map((_, i) => per === 1 ? String(i + 1) : `${i * per + 1}–${(i + 1) * per}`));
    at('order-hint').textContent = per === 1
      ? 'Each point is a stream, in the order in which the inputs were read.'
      : `Each point stands for ${count(per)} streams, in the order in which the inputs were read.`;
  }

  function drawCourse() {
    const course = data.totals.overTime;
    if (!course) {
      return;
    }
    at('course-card').hidden = false;
    const per = course.nanosPerPoint;
    drawCurves('course', course, course.streams.map((_, i) => i === 0 ? '0' : time(i * per)));
    const streams = course.streams.reduce((a, b) => a + b, 0);
    at('course-hint').textContent = `Since the first frame of each of the ${count(streams)} streams whose times were`
      + ` recorded; each point stands for ${time(per)}. The tokens of a phase are spread evenly over its length.`;
  }

  function drawCurves(id, order, labels) {
    const line = (label, values, name, fill) => ({
      type: 'line', label, data: values, borderColor: color(name), backgroundColor: color(name) + '33', fill,
      borderWidth: 1.5, pointRadius: labels.length > 60 ? 0 : 2, cubicInterpolationMode: 'monotone', yAxisID: 'tokens', order: 2,
    });
    const bar = (label, values, name) => ({
      type: 'bar', label, data: values, backgroundColor: color(name), stack: 'ends', yAxisID: 'streams', order: 1,
      maxBarThickness: 14,
    });
    const most = Math.max(1, ...order.streams.map((_, i) => order.errors[i] + order.truncated[i]));
    draw(id, {
      data: {labels, datasets: [
        bar('errors', order.errors, 'failed'),
        bar('streams cut off', order.truncated, 'code-execution'),
        line('output tokens', order.outputTokens, 'response', true),
        line('of which reasoning', order.reasoningTokens, 'thinking', true),
      ]},
      options: {
        interaction: {mode: 'index', intersect: false},
        scales: {
          x: {grid: {display: false}, ticks: {maxTicksLimit: 12, maxRotation: 0}},
          tokens: {position: 'left', beginAtZero: true, title: {display: true, text: 'tokens'}},
          streams: {position: 'right', beginAtZero: true, suggestedMax: 3 * most, ticks: {precision: 0},
            grid: {display: false}, title: {display: true, text: 'errors'}},
        },
      },
    });
  }

  function drawTimeline(stream) {
    const spans = stream.stats.phases.filter(span => span.frames > 0 || span.nanos > 0);
    const timed = spans.some(span => span.nanos >= 0);
    const millis = n => n / 1e6;
    const bar = span => timed
      ? [millis(span.startNanos), millis(span.startNanos + span.nanos)]
      : [span.firstFrame - 1, span.firstFrame - 1 + span.frames];
    const present = PHASES.filter(phase => spans.some(span => span.phase === phase));
    at('timeline-box').style.height = 60 + 30 * Math.max(2, present.length) + 'px';
    draw('timeline', {
      type: 'bar',
      data: {labels: present.map(words), datasets: [{
        data: spans.map(span => ({x: bar(span), y: words(span.phase), span})),
        backgroundColor: spans.map(span => phaseColor(span.phase)),
        borderRadius: 3, borderSkipped: false, minBarLength: 3, barPercentage: 0.8, categoryPercentage: 0.9,
      }]},
      options: {
        indexAxis: 'y',
        scales: {
          x: {beginAtZero: true, title: {display: true, text: timed ? 'ms since the first frame' : 'frames'},
            ticks: {precision: 0}},
          y: {grid: {display: false}, ticks: {color: color('text')}},
        },
        plugins: {legend: {display: false}, tooltip: {callbacks: {label: item => {
          const span = item.raw.span;
          return `${count(span.frames)} frames, ${bytes(span.bytes)}, ${count(span.tokens)} tokens`
            + (span.nanos >= 0 ? ', ' + time(span.nanos) : '');
        }}}},
      },
    });
  }

  // Tables.

  function showPhases() {
    const sum = key => total.perStream[key] ? total.perStream[key].sum : 0;
    const cell = (n, whole) => [count(n), element('small', percent(n, whole))];
    const timed = total.phases.some(phase => phase.lengthNanos);
    const rows = total.phases.map(p => [phaseName(p.phase), count(p.streams), count(p.entries),
      [p.estimatedTokens ? '~' : '', ...cell(p.tokens, sum('outputTokens'))], cell(p.frames, sum('frames')),
      cell(p.bytes, sum('bytes')),
      ...timed ? p.lengthNanos ? [time(p.lengthNanos.p50), time(p.lengthNanos.p99)] : ['', ''] : []]);
    if (total.unphasedFrames || total.unattributedTokens) {
      rows.push([phaseName(NONE), '', '', cell(total.unattributedTokens, sum('outputTokens')),
        cell(total.unphasedFrames, sum('frames')), cell(total.unphasedBytes, sum('bytes')), ...timed ? ['', ''] : []]);
    }
    table('phases', ['Phase', 'streams', 'times entered', 'output tokens', 'frames', 'bytes',
      ...timed ? ['length p50', 'p99'] : []], rows);
    at('phases-hint').textContent = total.phases.some(p => p.estimatedTokens)
      ? 'What each phase took. Where a server counts tokens at the end only, they are shared out by text (~).'
      : 'What each phase took.';
  }

  function distributionRow(name, key, d) {
    const show = /Nanos$/.test(key) ? time : key === 'bytes' ? bytes : rounded;
    return [name, count(d.count), ...['mean', 'p50', 'p90', 'p99', 'max'].map(p => show(d[p]))];
  }

  function showDistributions() {
    const rows = Object.entries(total.perStream)
      .filter(([, d]) => d.max > 0)
      .map(([key, d]) => distributionRow(metricWords(key), key, d));
    if (total.interChunkLatencyNanos) {
      rows.push(distributionRow('inter chunk latency', 'Nanos', total.interChunkLatencyNanos));
    }
    table('distributions', ['', 'values', 'mean', 'p50', 'p90', 'p99', 'max'], rows);
  }

  function showNames() {
    const frames = total.errorsByFrame.map(range => ({
      name: range.from === range.to ? 'frame ' + count(range.from) : `frames ${count(range.from)}–${count(range.to)}`,
      count: range.count,
    }));
    const cards = [['Tool calls', total.toolCalls], ['Finished by', total.finishReasons], ['Errors', total.errors],
      ['Errors by frame', frames], ['Anomalies', total.anomalies]];
    at('names').replaceChildren(...cards.filter(([, names]) => names.length).map(([title, names]) => {
      const sorted = title === 'Errors by frame' ? names : [...names].sort((a, b) => b.count - a.count);
      const rows = sorted.map(n => element('tr', [element('td', n.name === null ? 'other' : n.name, 'wrap'),
        element('td', count(n.count))]));
      return element('section', [element('h2', title), element('table', element('tbody', rows))], 'card');
    }));
  }

  function showGroups() {
    const groups = [...data.totals.groups];
    if (data.totals.otherGroups) {
      groups.push({...data.totals.otherGroups, dialect: 'other', model: 'models'});
    }
    const sum = (group, key) => group.perStream[key] ? count(group.perStream[key].sum) : '';
    const median = (group, key) => group.perStream[key] ? time(group.perStream[key].p50) : '';
    const timed = groups.some(group => group.perStream.timeToFirstTokenNanos);
    table('groups', ['Dialect', 'model', 'streams', 'completed', 'failed', 'cut off', 'tokens in', 'tokens out',
      'reasoning', 'tool calls', 'code rounds', ...timed ? ['first token p50'] : []],
    groups.map(g => [g.dialect || 'unknown', g.model || '–', count(g.streams), count(g.outcomes.completed),
      count(g.outcomes.failed), count(g.outcomes.truncated), sum(g, 'inputTokens'), sum(g, 'outputTokens'),
      sum(g, 'reasoningTokens'), sum(g, 'toolCalls'), sum(g, 'codeRounds'),
      ...timed ? [median(g, 'timeToFirstTokenNanos')] : []]), [1]);
  }

  // Streams.

  const shortSource = stream => stream.source.split('/').pop() + ' #' + stream.stream;
  const hashOf = stream => '#stream-' + stream.stats.ordinal;

  function link(stream) {
    const made = element('a', shortSource(stream));
    made.href = hashOf(stream);
    made.title = stream.source;
    return made;
  }

  function showLists() {
    at('slowest-title').textContent = chosen.timed ? 'Slowest streams' : 'Largest streams (no times were recorded)';
    const used = stream => {
      const times = stream.stats.times;
      const longest = times ? Math.max(times.requestLatencyNanos || 0, times.streamDurationNanos || 0) : null;
      return longest === null ? '–' : time(longest);
    };
    const tokens = stream => stream.usage && stream.usage.outputTokens !== null ? count(stream.usage.outputTokens) : '';
    table('slowest', ['Stream', 'outcome', ...chosen.timed ? ['took'] : [], 'tokens out', 'frames', 'size'],
      chosen.slowest.map(i => chosen.streams[i]).map(s => [link(s), outcome(s.outcome),
        ...chosen.timed ? [used(s)] : [], tokens(s), count(s.frames), bytes(s.bytes)]), [0, 1]);
    const why = stream => {
      const error = stream.errors[0];
      return error ? [error.code || error.kind, error.message].filter(Boolean).join(': ').slice(0, 160)
        : 'ended before the reply did';
    };
    table('failed', ['Stream', 'outcome', 'why', 'frames'],
      chosen.failed.map(i => chosen.streams[i]).map(s => [link(s), outcome(s.outcome), why(s), count(s.frames)]), [0, 1, 2]);
    if (!chosen.failed.length) {
      at('failed').replaceChildren(element('caption', 'None.', 'note'));
    }
  }

  function fillPick() {
    const group = (label, positions) => {
      const made = element('optgroup', positions.map(i => {
        const stream = chosen.streams[i];
        const option = element('option', `${shortSource(stream)} · ${stream.dialect || 'unknown'} · ${stream.outcome}`);
        option.value = hashOf(stream);
        return option;
      }));
      made.label = label;
      return made;
    };
    at('pick').replaceChildren(...[['Failed and cut off', chosen.failed],
      [chosen.timed ? 'Slowest' : 'Largest', chosen.slowest], ['First', chosen.first]]
      .filter(([, positions]) => positions.length).map(([label, positions]) => group(label, positions)));
    at('pick').addEventListener('change', event => {
      location.hash = event.target.value;
    });
  }

  function block(title, text, prose, open) {
    if (!text) {
      return null;
    }
    const made = element('details', [element('summary', title), element('pre', text, prose ? 'prose' : '')]);
    made.open = open;
    return made;
  }

  function showStream(stream) {
    const fact = (name, value) => value === null || value === undefined || value === '' ? null
      : element('span', [name + ' ', element('b', value)]);
    const usage = stream.usage || {};
    const stats = stream.stats;
    at('one-head').replaceChildren(...[
      fact('source', stream.source), fact('stream', String(stream.stream)), fact('outcome', outcome(stream.outcome)),
      fact('dialect', stream.dialect), fact('model', stream.model), fact('id', stream.id),
      fact('finished by', stream.finishReason), fact('frames', count(stream.frames)),
      fact('bytes', count(stream.bytes)), fact('from byte', count(stats.offset)),
      ...['inputTokens', 'outputTokens', 'reasoningTokens', 'cachedTokens'].map(key =>
        usage[key] === null || usage[key] === undefined ? null : fact(metricWords(key), count(usage[key]))),
      ...Object.entries(stats.times || {}).filter(([key]) => key !== 'interChunkLatencyNanos').map(([key, value]) =>
        fact(metricWords(key), /Nanos$/.test(key) ? time(value) : rounded(value))),
    ].filter(Boolean));
    drawTimeline(stream);
    const timed = stats.phases.some(span => span.nanos >= 0);
    table('spans', ['Phase', 'first frame', 'frames', 'bytes', 'text', 'tokens', ...timed ? ['begins', 'lasts'] : []],
      stats.phases.map(s => [phaseName(s.phase), count(s.firstFrame), count(s.frames), count(s.bytes),
        bytes(s.textBytes), (s.estimatedTokens ? '~' : '') + count(s.tokens),
        ...timed ? [time(Math.max(0, s.startNanos)), time(Math.max(0, s.nanos))] : []]));
    const parts = stream.errors.map(e => block(
      `Error in frame ${count(e.frame)}, byte ${count(e.offset)}: ${e.kind} ${e.code || ''} ${e.httpStatus || ''}`,
      e.message || e.code || e.kind, true, true));
    for (const call of stream.toolCalls) {
      const name = `Call ${call.index + 1}: ${call.type} ${call.name || ''}`;
      parts.push(block(name + ' code', call.code, false, true), block(name + ' arguments', call.arguments, false, true),
        block(name + ' output', call.output, false, true));
    }
    parts.push(block('Reasoning', stream.reasoning, true, false), block('Answer', stream.content, true, true),
      block('Refusal', stream.refusal, true, true));
    if (stats.textsCut) {
      parts.push(element('p', 'Texts are longer than what the report keeps of them.', 'note'));
    }
    if (stats.phasesLeftOut) {
      parts.push(element('p', `${count(stats.phasesLeftOut)} later phases are not shown.`, 'note'));
    }
    at('texts').replaceChildren(...parts.filter(Boolean));
    at('pick').value = hashOf(stream);
    style();
  }

  let shown = null;

  function showHash(scroll) {
    const named = chosen.streams.find(stream => hashOf(stream) === location.hash);
    const first = chosen.failed.length ? chosen.slowest[0] : chosen.first[0];
    shown = named || shown || chosen.streams[first === undefined ? 0 : first];
    showStream(shown);
    if (named && scroll) {
      at('one').scrollIntoView();
    }
  }

  function drawAll() {
    style();
    drawShares();
    drawOrder();
    drawCourse();
    if (shown) {
      drawTimeline(shown);
    }
  }

  showRun();
  showPhases();
  showDistributions();
  showNames();
  showGroups();
  if (chosen.streams.length) {
    showLists();
    fillPick();
    style();
    showHash(true);
    window.addEventListener('hashchange', () => showHash(true));
  } else {
    document.querySelectorAll('.two, #one').forEach(part => part.remove());
  }
  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
  // Paper is white, whatever the screen is.
  window.addEventListener('beforeprint', drawAll);
  window.addEventListener('afterprint', drawAll);
  document.documentElement.dataset.ready = 'true';
})();
