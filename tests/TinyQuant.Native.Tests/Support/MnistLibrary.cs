using TinyQuant.Tests;

namespace TinyQuant.Native.Tests.Support;

/// <summary>The published library of this machine, and the compilers and interpreters that use it.</summary>
internal static class MnistLibrary
{
    private static readonly string[] s_compilers = ["cc", "clang", "gcc"];

    public static string Folder { get; } = Repository.File("artifacts", "publish", Binaries.HostRid);

    public static string Path { get; } = System.IO.Path.Combine(Folder, "libtinyquant_mnist.so");

    /// <summary>The sample: header and callers.</summary>
    public static string Sources { get; } = Repository.File("samples", "CLibrary");

    /// <summary>The C programs and scripts of the tests.</summary>
    public static string Checks { get; } = Repository.File("tests", "TinyQuant.Native.Tests", "Checks");

    public static string? Compiler { get; } = s_compilers.Select(Binaries.Find)
        .FirstOrDefault(path => path is not null);

    public static string? Python { get; } = Binaries.Find("python3");

    /// <summary>Compiles C99 without a warning, and links it with the library.</summary>
    public static async Task CompileAsync(string source, string program)
    {
        ProcessRun run = await ProcessRun.RunAsync(Compiler!,
        [
            "-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-pedantic", "-Werror", source, "-o", program,
            "-I" + Sources, "-L" + Folder, "-ltinyquant_mnist", "-pthread", "-Wl,-rpath," + Folder,
        ]);
        Assert.True(run.ExitCode == 0, run.Error);
    }
}

/// <summary>A test of the library from C, skipped where the library or a compiler is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CFactAttribute : FactAttribute
{
    public CFactAttribute() => Skip = Binaries.MissingReason(MnistLibrary.Path)
        ?? (MnistLibrary.Compiler is null ? "There is no C compiler; install clang or gcc." : null);
}

/// <summary>A test of the library from Python, skipped where the library or the interpreter is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute() => Skip = Binaries.MissingReason(MnistLibrary.Path)
        ?? (MnistLibrary.Python is null ? "There is no python3." : null);
}
