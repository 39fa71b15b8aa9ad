namespace TinyQuant.Generator;

/// <summary>
/// Writes the calls of a method; of a long model in methods of their own, part by part. The C# compiler looks at each
/// local variable after each call, so that one method of 10,000 operators would take it gigabytes.
/// </summary>
/// <param name="writer">Where the method is written.</param>
/// <param name="traced">The model, if what each operator writes is to be traced; null where not.</param>
internal sealed class BodyWriter(SourceWriter writer, LoweredModel? traced)
{
    private const int MostCalls = 512; // of a method; no published network comes near
    private const int CallsOfPart = 256;

    private readonly List<(string Name, string Parameters, IReadOnlyList<KernelCall> Calls)> _parts = [];

    /// <summary>What a method returns that makes calls: whether there are outputs, if a run may end without.</summary>
    public static string ReturnType(IEnumerable<KernelCall> calls) => calls.Any(c => c.EndsRuns) ? "bool" : "void";

    /// <summary>Writes the calls, or calls of parts that <see cref="WriteParts"/> is to write.</summary>
    /// <param name="method">The method that is open.</param>
    /// <param name="parameters">What it hands on: declaration and name of each.</param>
    /// <param name="calls">The calls.</param>
    public void Write(
        string method, IReadOnlyList<(string Declaration, string Name)> parameters, IReadOnlyList<KernelCall> calls)
    {
        if (calls.Sum(c => 1 + c.Further.Length) <= MostCalls)
        {
            WriteCalls(calls);
            WriteReturn(calls);
            return;
        }

        string declarations = string.Join(", ", parameters.Select(p => p.Declaration));
        string arguments = string.Join(", ", parameters.Select(p => p.Name));
        foreach (IReadOnlyList<KernelCall> part in Parts(calls))
        {
            // No tensor has a name with such an underscore.
            string name = Invariant($"{method}_Part{_parts.Count + 1}");
            _parts.Add((name, declarations, part));
            writer.Line(ReturnType(part) == "bool"
                ? $"if (!{name}({arguments})) return false;"
                : $"{name}({arguments});");
        }

        WriteReturn(calls);
    }

    /// <summary>Writes the parts, behind the method.</summary>
    public void WriteParts()
    {
        foreach ((string name, string parameters, IReadOnlyList<KernelCall> calls) in _parts)
        {
            writer.OpenMember($"private static {ReturnType(calls)} {name}({parameters})");
            WriteCalls(calls);
            WriteReturn(calls);
            writer.Close().Line();
        }

        _parts.Clear();
    }

    private void WriteReturn(IReadOnlyList<KernelCall> calls)
    {
        if (ReturnType(calls) == "bool")
        {
            writer.Line("return true;");
        }
    }

    private void WriteCalls(IReadOnlyList<KernelCall> calls)
    {
        var callWriter = new CallWriter(writer, traced);
        foreach (KernelCall call in calls)
        {
            callWriter.Write(call);
        }
    }

    private static IEnumerable<IReadOnlyList<KernelCall>> Parts(IReadOnlyList<KernelCall> calls)
    {
        List<KernelCall> part = [];
        int count = 0;
        foreach (KernelCall call in calls)
        {
            if (count > 0 && count + 1 + call.Further.Length > CallsOfPart)
            {
                yield return part;
                (part, count) = ([], 0);
            }

            part.Add(call);
            count += 1 + call.Further.Length;
        }

        yield return part;
    }
}
