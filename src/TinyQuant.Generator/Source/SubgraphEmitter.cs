namespace TinyQuant.Generator;

/// <summary>The graphs that operators run, and what decides which one, as private methods.</summary>
internal static class SubgraphEmitter
{
    public static void Emit(SourceWriter writer, LoweredModel model)
    {
        foreach (SubgraphMethod method in model.Methods)
        {
            var body = new BodyWriter(writer, traced: null);
            writer.Line($"// {method.Summary}");
            writer.OpenMember(
                $"private static {method.ReturnType} "
                    + $"{method.Name}({string.Join(", ", method.Parameters.Select(p => p.Declaration))})");
            writer.Lines([.. method.Lines]);
            body.Write(method.Name, method.Parameters, method.Calls);
            writer.Close().Line();
            body.WriteParts();
        }
    }
}
