using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Emit;

namespace TinyQuant.Generator.Tests.Running;

/// <summary>
/// A program with its generated code, compiled and loaded; its class <c>Driver</c> is what a test calls.
/// </summary>
internal sealed class LoadedProgram : IDisposable
{
    private readonly AssemblyLoadContext _context = new("program", isCollectible: true);
    private readonly Assembly _assembly;

    public LoadedProgram(GeneratorRun run)
    {
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
        using var stream = new MemoryStream();
        EmitResult emitted = run.Compiled.Emit(stream);
        Assert.True(emitted.Success);
        stream.Position = 0;
        _assembly = _context.LoadFromStream(stream);
    }

    public Type Type(string name) => _assembly.GetType(name, throwOnError: true)!;

    /// <summary>A static method of the driver.</summary>
    public T Method<T>(string name)
        where T : Delegate => Type("Driver").GetMethod(name)!.CreateDelegate<T>();

    public void Dispose() => _context.Unload();
}
