using TinyQuant.Model;

namespace TinyQuant.Sizing.Programs;

/// <summary>The program that is measured: the same around every model, and around none.</summary>
internal static class SizedProgram
{
    /// <summary>Its assembly.</summary>
    public const string Assembly = "sized";

    /// <summary>The type that the generator writes in it.</summary>
    public const string Model = "Baked";

    private const string ModelFile = "model.tqm";

    /// <summary>
    /// What is looked for from the project upwards until one is found, so that what stands above the folder has no part
    /// in it. Where all are obeyed that there are, as .editorconfig and .globalconfig, the project turns it off; it is
    /// told where NuGet.config is looked for (<see cref="SizeComparison"/>).
    /// </summary>
    private static readonly (string Name, string Text)[] s_nearest =
    [
        ("Directory.Build.props", "<Project />\n"),
        ("Directory.Build.targets", "<Project />\n"),
        ("Directory.Packages.props", "<Project />\n"),
        ("Directory.Build.rsp", ""), // options of MSBuild, such as a logger: an assembly that it loads
        ("global.json", "{}\n"), // versions of SDKs, which are packages that a build runs
    ];

    /// <summary>Writes its project.</summary>
    /// <param name="directory">An empty directory.</param>
    /// <param name="library">Where TinyQuant comes from.</param>
    /// <param name="graph">The model; null for the program without one.</param>
    public static void Write(string directory, LibrarySource library, Graph? graph)
    {
        Directory.CreateDirectory(directory);
        string project = Resource($"{Assembly}.csproj")
            .Replace("<!--LIBRARY-->", library.References, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(directory, $"{Assembly}.csproj"), project);
        File.WriteAllText(Path.Combine(directory, "Program.cs"), Resource("Program.cs"));
        File.WriteAllText(Path.Combine(directory, "Subject.cs"), graph is null ? Nothing : Subject(graph));
        if (graph is not null)
        {
            File.WriteAllText(Path.Combine(directory, ModelFile), ModelWriter.Write(graph));
        }

        foreach ((string name, string text) in s_nearest)
        {
            File.WriteAllText(Path.Combine(directory, name), text);
        }
    }

    /// <summary>The text of <c>Program.cs</c>, for documentation.</summary>
    public static string Text => Resource("Program.cs");

    private const string Nothing = """
        internal static class Subject
        {
            public const int InputBytes = 1;
            public const int OutputBytes = 1;

            public static void Run(ReadOnlySpan<byte> input, Span<byte> output) => input.CopyTo(output);
        }

        """;

    /// <summary>The model behind bytes: its inputs one behind the other, then its outputs.</summary>
    internal static string Subject(Graph graph)
    {
        (string inputs, long inputBytes) = Slices(graph.Inputs, "input");
        (string outputs, long outputBytes) = Slices(graph.Outputs, "output");
        return Invariant($$"""
            using System.Runtime.InteropServices;

            [TinyQuant.QuantizedModel("{{ModelFile}}")]
            internal sealed partial class {{Model}};

            internal static class Subject
            {
                public const int InputBytes = {{inputBytes}};
                public const int OutputBytes = {{outputBytes}};

                private static readonly {{Model}} s_model = new();

                public static void Run(ReadOnlySpan<byte> input, Span<byte> output) => s_model.Run(
                    {{inputs}},
                    {{outputs}});
            }

            """);
    }

    private static (string Arguments, long Bytes) Slices(IEnumerable<Tensor> tensors, string span)
    {
        var arguments = new List<string>();
        long at = 0;
        foreach (Tensor tensor in tensors)
        {
            string type = tensor.Type.ToCSharp();
            long bytes = tensor.Type.ByteLength(tensor.ElementCount);
            arguments.Add(Invariant($"MemoryMarshal.Cast<byte, {type}>({span}.Slice({at}, {bytes}))"));
            at += bytes;
        }

        return (string.Join($",{Environment.NewLine}        ", arguments), at);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SizedProgram).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
