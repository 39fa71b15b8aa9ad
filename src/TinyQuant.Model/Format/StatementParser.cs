using System.Collections.Immutable;
using TinyQuant.Model.Attributes;

namespace TinyQuant.Model.Format;

/// <summary>Reads one statement after another into the parts of a graph.</summary>
internal sealed class StatementParser
{
    private readonly string[] _lines;
    private readonly ErrorList _errors;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly GraphParts _main = new(name: null);
    private readonly Dictionary<string, Graph> _subgraphs = new(StringComparer.Ordinal);
    private GraphParts _current;
    private readonly ImmutableArray<string>.Builder _notes = ImmutableArray.CreateBuilder<string>();
    private readonly ImmutableArray<Metric>.Builder _metrics = ImmutableArray.CreateBuilder<Metric>();
    private string _name = "model";
    private Rounding _rounding;
    private ImmutableArray<string> _labels = ImmutableArray<string>.Empty;

    public StatementParser(string[] lines, ErrorList errors)
    {
        _lines = lines;
        _errors = errors;
        _current = _main;
    }

    public Graph ToGraph()
    {
        if (_current != _main)
        {
            _errors.Add(ModelErrorKind.Malformed, _lines.Length - 1, 0, 1,
                $"the subgraph '{_current.Name}' has no end; expected a line 'end' behind its last statement");
        }

        return _main.ToGraph(_name) with
        {
            Notes = _notes.ToImmutable(),
            Metrics = _metrics.ToImmutable(),
            Rounding = _rounding,
            Labels = _labels,
        };
    }

    /// <summary>Reads the statement in <paramref name="line"/>; the lines from there to <paramref name="end"/> are
    /// indented.</summary>
    public void Read(int line, int end)
    {
        string text = _lines[line];
        if (text == "note" || text.StartsWith("note ", StringComparison.Ordinal))
        {
            _notes.Add(text.Length > 5 ? text.Substring(5) : "");
            RejectData(line + 1, end, "note");
            return;
        }

        List<Token>? tokens = Lexer.Split(text, line, out ModelError? error);
        if (tokens is null)
        {
            _errors.Add(error!);
            return;
        }

        var reader = new StatementReader(tokens, line, text.Length, _errors);
        if (reader.Keyword == "tensor")
        {
            ReadTensor(reader, line, end);
            return;
        }

        ReadStatement(reader, tokens[0]);
        if (!reader.Failed)
        {
            RejectData(line + 1, end, tokens[0].Text);
        }
    }

    private void ReadStatement(StatementReader reader, Token keyword)
    {
        switch (reader.Keyword)
        {
            case "name" or "rounding" or "labels" or "metric" when _current != _main:
                reader.Fail(
                    keyword, $"'{keyword.Text}' stands in a subgraph; expected tensor, input, output, op or end");
                break;
            case "name" or "rounding" or "labels" when !_seen.Add(keyword.Text):
                reader.Fail(keyword, $"'{keyword.Text}' stands twice; expected it once");
                break;
            case "name":
                _name = reader.Next("the model's name")?.Text ?? _name;
                reader.End();
                break;
            case "rounding":
                ReadRounding(reader);
                break;
            case "labels":
                _labels = reader.Rest("a label").Select(t => t.Text).ToImmutableArray();
                break;
            case "metric":
                ReadMetric(reader);
                break;
            case "input":
                _current.Inputs.AddRange(Resolve(reader, reader.Rest("a tensor's name")));
                break;
            case "output":
                _current.Outputs.AddRange(Resolve(reader, reader.Rest("a tensor's name")));
                break;
            case "op":
                ReadOperator(reader);
                break;
            case "subgraph":
                BeginSubgraph(reader, keyword);
                break;
            case "end":
                EndSubgraph(reader, keyword);
                break;
            default:
                reader.Fail(keyword, $"'{keyword.Text}' is not a statement; expected name, note, metric, rounding, "
                    + "labels, tensor, subgraph, end, input, output or op");
                break;
        }
    }

    private void BeginSubgraph(StatementReader reader, Token keyword)
    {
        Token? name = reader.Next("the subgraph's name");
        reader.End();
        if (_current != _main)
        {
            reader.Fail(keyword, $"a subgraph begins in '{_current.Name}'; expected 'end' before it");
        }
        else if (name is { } given)
        {
            if (_subgraphs.ContainsKey(given.Text))
            {
                reader.Fail(given, $"there is already a subgraph '{given.Text}'; expected another name");
            }

            _current = new GraphParts(given.Text);
        }
    }

    private void EndSubgraph(StatementReader reader, Token keyword)
    {
        reader.End();
        if (_current.Name is not { } name)
        {
            reader.Fail(keyword, "no subgraph is open; expected 'subgraph' and its name above");
            return;
        }

        _subgraphs[name] = _current.ToGraph(name);
        _current = _main;
    }

    private void ReadRounding(StatementReader reader)
    {
        if (reader.Next("a rounding") is { } token && !Roundings.TryParse(token.Text, out _rounding))
        {
            reader.Fail(token, $"'{token.Text}' is not a rounding; expected double, single or float-even");
        }

        reader.End();
    }

    private void ReadMetric(StatementReader reader)
    {
        Token? name = reader.Next("a metric's name");
        double? value = reader.Number("its value");
        Token? dataSet = reader.Next("the data it was measured on");
        int? count = reader.Integer("the number of examples", 0, int.MaxValue);
        reader.End();
        if (name is not null && value is not null && dataSet is not null && count is not null)
        {
            _metrics.Add(new Metric(name.Value.Text, value.Value, dataSet.Value.Text, count.Value));
        }
    }

    private void ReadTensor(StatementReader reader, int line, int end)
    {
        if (reader.Next("a tensor's name") is not { } name)
        {
            return;
        }

        if (TensorSyntax.Read(reader) is not { } syntax)
        {
            _current.AddBroken(name.Text);
            return;
        }

        ImmutableArray<byte>? data = null;
        if (syntax.HasData)
        {
            data = TensorData.Read(_lines, line, end, syntax.ByteLength, name.Text, _errors);
        }
        else
        {
            RejectData(line + 1, end, "tensor");
        }

        var tensor = new Tensor(
            name.Text, syntax.Type, syntax.Shape, syntax.Quantization, data, line, syntax.IsVariable);
        if (!_current.TryAdd(tensor))
        {
            reader.Fail(name, $"there is already a tensor '{name.Text}'; expected another name");
        }
    }

    private void ReadOperator(StatementReader reader)
    {
        if (reader.Next("an operator's name") is not { } kind)
        {
            return;
        }

        List<Token> inputs = reader.UntilArrow();
        List<Token> outputs = reader.UntilAttribute();
        var attributes = new AttributeReader(
            kind, reader.Rest(), reader.Fail, n => _subgraphs.TryGetValue(n, out Graph? graph) ? graph : null);
        ImmutableArray<Tensor> read = Resolve(reader, inputs);
        ImmutableArray<Tensor> written = Resolve(reader, outputs);
        OperatorSchema? schema = OperatorRegistry.Find(kind.Text);
        if (schema is null)
        {
            string on = written.Length > 0 ? $" (its output is {written[0]})" : "";
            reader.Fail(kind, ModelErrorKind.Unsupported, $"operator '{kind.Text}'{on} is not supported; "
                + $"expected one of: {string.Join(", ", OperatorRegistry.Kinds)}");
        }
        else if (!reader.Failed
            && schema.Read(read, written, attributes, kind.Line,
                (error, message) => reader.Fail(kind, error, message)) is { } created)
        {
            _current.Operators.Add(created);
        }
    }

    private ImmutableArray<Tensor> Resolve(StatementReader reader, List<Token> names)
    {
        ImmutableArray<Tensor>.Builder found = ImmutableArray.CreateBuilder<Tensor>();
        foreach (Token name in names.TakeWhile(_ => !_errors.IsFull))
        {
            if (_current.Find(name.Text) is { } tensor)
            {
                found.Add(tensor);
            }
            else if (_current.IsBroken(name.Text))
            {
                reader.Abandon(); // its own statement has the error
            }
            else
            {
                reader.Fail(name, $"there is no tensor '{name.Text}'; expected one from a statement above");
            }
        }

        return found.ToImmutable();
    }

    /// <summary>An error where one of these lines holds data.</summary>
    private void RejectData(int line, int end, string statement)
    {
        while (line < end && ModelParser.IsBlank(_lines[line]))
        {
            line++;
        }

        if (line < end)
        {
            _errors.Add(ModelErrorKind.Malformed, line, 0, _lines[line].Length, statement == "tensor"
                ? "data for a tensor that has none; expected 'data' at the end of the statement above"
                : $"data below the statement '{statement}'; expected it right below a tensor statement that ends "
                    + "in 'data'");
        }
    }
}
