-- Neovim (0.7 or later) as a client of `untainted lsp --stdio`: headless, with nothing but what Neovim itself brings.
--   UNTAINTED_CONFIG=/path/config.lua UNTAINTED_FILE=/path/file.c \
--     nvim --headless --clean -n -i NONE -c 'luafile nvim.lua'
-- Writes one JSON object on standard output; exit status 0 if the whole way was gone.
local result = { diagnostics = {}, actions = {} }
local patience = 20000

local function diagnostics_of(buffer)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    local code = one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)
    table.insert(found, { line = one.lnum + 1, column = one.col + 1, code = code, source = one.source, message = one.message })
  end
  return found
end

local function has(list, code)
  for _, one in ipairs(list) do
    if one.code == code then return one end
  end
  return nil
end

local function run()
  local file = assert(os.getenv('UNTAINTED_FILE'), 'UNTAINTED_FILE is not set')
  local config = assert(os.getenv('UNTAINTED_CONFIG'), 'UNTAINTED_CONFIG is not set')
  local has_exited, exit_code = false, nil
  local start = vim.lsp.start_client
  vim.lsp.start_client = function(options)
    options.on_exit = function(code) has_exited, exit_code = true, code end
    return start(options)
  end
  dofile(config)
  local started = vim.loop.hrtime()
  vim.cmd('edit ' .. vim.fn.fnameescape(file))
  local buffer = vim.api.nvim_get_current_buf()

  assert(vim.wait(patience, function() return #diagnostics_of(buffer) > 0 or has_exited end, 10), 'no diagnostics came')
  assert(not has_exited, 'the server ended by itself')
  result.milliseconds = math.floor((vim.loop.hrtime() - started) / 1e6)
  result.version = tostring(vim.version().major) .. '.' .. tostring(vim.version().minor)
  result.diagnostics = diagnostics_of(buffer)

  local client = assert(vim.lsp.get_active_clients()[1], 'the server did not start')
  local document = { uri = vim.uri_from_bufnr(buffer) }
  local wanted = assert(has(result.diagnostics, 'unknown-license-string'), 'the expected finding is missing')
  local place = { line = wanted.line - 1, character = wanted.column - 1 }

  local symbol = assert(has(result.diagnostics, 'gpl-only-symbol'), 'no GPL-only symbol was found')
  local symbol_place = { line = symbol.line - 1, character = symbol.column - 1 }
  local hover = client.request_sync('textDocument/hover', { textDocument = document, position = symbol_place }, patience, buffer)
  result.hover = hover and hover.result and hover.result.contents.value

  local inside = { line = wanted.line - 1, character = wanted.column + #'"GPL' - 1 }
  local offered = client.request_sync('textDocument/completion', { textDocument = document, position = inside }, patience, buffer)
  result.completions = vim.tbl_map(function(one) return one.word end,
    vim.lsp.util.text_document_completion_list_to_complete_items(offered.result, 'GPL'))

  local reply = client.request_sync('textDocument/codeAction', {
    textDocument = document,
    range = { start = place, ['end'] = place },
    context = { diagnostics = {}, only = { 'quickfix' } },
  }, patience, buffer)
  assert(reply and reply.result and reply.result[1], 'no quick fix was offered')
  for _, action in ipairs(reply.result) do table.insert(result.actions, action.title) end
  vim.lsp.util.apply_workspace_edit(reply.result[1].edit, client.offset_encoding)
  result.fixed = vim.api.nvim_buf_get_lines(buffer, wanted.line - 1, wanted.line, false)[1]
  result.is_gone = vim.wait(patience, function()
    return not has(diagnostics_of(buffer), 'unknown-license-string')
  end, 10)
  result.after = diagnostics_of(buffer)

  vim.cmd('edit ' .. vim.fn.fnameescape(vim.fn.fnamemodify(file, ':h') .. '/Makefile'))
  vim.fn.search('frost_capture.o')
  vim.lsp.buf.definition()
  vim.wait(patience, function() return vim.fn.expand('%:t') ~= 'Makefile' end, 10)
  result.definition = vim.fn.expand('%:t')

  client.stop()
  vim.wait(5000, function() return has_exited end, 10)
  result.exit_code = exit_code
end

local is_well, problem = xpcall(run, debug.traceback)
if not is_well then result.problem = tostring(problem) end
io.stdout:write(vim.json.encode(result) .. '\n')
vim.cmd(is_well and 'qall!' or '1cquit!')
