using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TinyQuant.Generator.Tests;

/// <summary>The generator in a driver, over a program and model files; it can be run again after a change.</summary>
internal sealed class GeneratorRun
{
    private static readonly LanguageVersion s_version = LanguageVersion.CSharp12;

    private static readonly ImmutableArray<MetadataReference> s_references =
        [.. Platform("System."), MetadataReference.CreateFromFile(typeof(QuantizedModelAttribute).Assembly.Location)];

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    private readonly CSharpParseOptions _parse;

    /// <summary>What a program with dependency injection refers to besides.</summary>
    public static ImmutableArray<MetadataReference> Services { get; } = [.. Platform("Microsoft.Extensions.")];

    /// <summary>What a web application refers to besides.</summary>
    public static ImmutableArray<MetadataReference> Web { get; } = [.. Services, .. Platform("Microsoft.AspNetCore.")];

    private GeneratorRun(LanguageVersion version, string program, IEnumerable<AdditionalText> files,
        bool tracesLayers = false, params string[] symbols)
    {
        _parse = new CSharpParseOptions(version, preprocessorSymbols: symbols);
        bool hasNullable = version >= LanguageVersion.CSharp8;
        _compilation = CSharpCompilation.Create(
            "App", [Parse(program, "Program.cs")], s_references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: hasNullable ? NullableContextOptions.Enable : NullableContextOptions.Disable));
        _driver = CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()], files, _parse, new ModelOptions(tracesLayers),
            driverOptions: new GeneratorDriverOptions(
                IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    public GeneratorRunResult Result { get; private set; }

    public Compilation Compiled { get; private set; } = null!;

    public IEnumerable<string> HintNames => Result.GeneratedSources.Select(s => s.HintName);

    public static GeneratorRun Of(string program, params (string Path, string Text)[] files) =>
        In(s_version, program, files);

    /// <summary>The same in an older or newer C#.</summary>
    public static GeneratorRun In(LanguageVersion version, string program, params (string Path, string Text)[] files) =>
        new(version, program, files.Select(f => new ModelText(f.Path, f.Text)));

    /// <summary>The same with code that tells of its layers, in a program with these preprocessor symbols.</summary>
    public static GeneratorRun Traced(string program, string[] symbols, params (string Path, string Text)[] files) =>
        new(s_version, program, files.Select(f => new ModelText(f.Path, f.Text)), tracesLayers: true, symbols);

    /// <summary>The text of a generated file.</summary>
    public string Source(string hintName) =>
        Result.GeneratedSources.Single(s => s.HintName == hintName).SourceText.ToString();

    /// <summary>The generator's diagnostics as <c>ID file(line,column): message</c>, from 1.</summary>
    public IReadOnlyList<string> Diagnostics => [.. Result.Diagnostics.Select(Format).Order(StringComparer.Ordinal)];

    /// <summary>What the compiler says of the program with the generated code in it.</summary>
    public IReadOnlyList<string> CompilerDiagnostics =>
        [.. Compiled.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(Format)];

    public GeneratorRun ReplaceProgram(string program)
    {
        _compilation = _compilation.ReplaceSyntaxTree(_compilation.SyntaxTrees[0], Parse(program, "Program.cs"));
        return Run();
    }

    public GeneratorRun AddFile(string source)
    {
        _compilation = _compilation.AddSyntaxTrees(Parse(source, "Other.cs"));
        return Run();
    }

    public GeneratorRun ReplaceModel(ModelText old, ModelText changed)
    {
        _driver = _driver.ReplaceAdditionalText(old, changed);
        return Run();
    }

    public static (GeneratorRun Run, ModelText[] Files) WithFiles(string program, params ModelText[] files) =>
        (new GeneratorRun(s_version, program, files), files);

    /// <summary>Why a step gave what it gave, for each of its outputs.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason)];

    private GeneratorRun Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out Compilation compiled, out _);
        Compiled = compiled;
        Result = _driver.GetRunResult().Results.Single();
        Assert.Null(Result.Exception);
        return this;
    }

    private SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, _parse, path);

    private static IEnumerable<MetadataReference> Platform(string prefix) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static string Format(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        return FormattableString.Invariant(
            $"{diagnostic.Id} ")
                + FormattableString.Invariant($"{span.Path}({span.StartLinePosition.Line + 1},{span.StartLinePosition.Character + 1}): {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }
}
