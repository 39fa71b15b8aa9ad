using Microsoft.CodeAnalysis;

namespace TinyQuant.Generator;

/// <summary>Every diagnostic of the generator. Each has a section in docs/diagnostics.md.</summary>
internal static class Descriptors
{
    private const string Category = "TinyQuant";

    public static readonly DiagnosticDescriptor FileNotFound = Error("TQ001", "Model file not found",
        "Model file '{0}' is not among this project's models; expected {1}");

    public static readonly DiagnosticDescriptor FileAmbiguous = Error("TQ002", "Model file is ambiguous",
        "Model file '{0}' matches more than one of this project's models: {1}; expected a longer path that matches "
            + "one");

    public static readonly DiagnosticDescriptor Malformed = Error("TQ003", "Malformed model file", "{0}");

    public static readonly DiagnosticDescriptor UnknownVersion = Error(
        "TQ004", "Unknown version of the model format", "{0}");

    public static readonly DiagnosticDescriptor Mismatch = Error("TQ005", "Types or shapes do not fit together", "{0}");

    public static readonly DiagnosticDescriptor Unsupported = Error("TQ006", "Unsupported operator or type", "{0}");

    public static readonly DiagnosticDescriptor NotPartial = Error("TQ007", "Type is not partial",
        "'{0}' must be partial, so that the model's code can be added to it");

    public static readonly DiagnosticDescriptor UnsupportedTarget = Error("TQ008", "Type cannot hold a model",
        "'{0}' is {1}; expected a partial struct or class that is not generic, file-local, readonly, ref, static, "
            + "abstract or a record");

    public static readonly DiagnosticDescriptor BudgetExceeded = Error("TQ009", "Budget exceeded",
        "Model '{0}' exceeds {1} = {2}: it {3}");

    public static readonly DiagnosticDescriptor LargeStruct = Warning("TQ010", "Large arena inside a struct",
        "The arena of '{0}' is {1} bytes inside a struct, which readonly, in and by-value uses copy silently; "
        + "consider a partial class, or the static core over memory of your own");

    public static readonly DiagnosticDescriptor TooLargeStruct = Error("TQ011", "Arena too large for a struct",
        "The arena of '{0}' is {1} bytes, more than the 262,144 that a struct should hold; expected a partial class, "
        + "the static core, or AllowLargeStruct = true");

    public static readonly DiagnosticDescriptor NoMetric = Error("TQ012", "Model records no accuracy",
        "MinAccuracy = {0} cannot be checked: model '{1}' records no metric 'accuracy'");

    public static readonly DiagnosticDescriptor InternalError = Error("TQ013", "The generator failed",
        "The generator failed on model '{0}', which is a bug in TinyQuant: {1}");

    public static readonly DiagnosticDescriptor Boxed = Warning("TQ014", "Model is boxed",
        "This puts a copy of '{0}' and its arena of {1} bytes on the heap; expected a use without a conversion, or a "
            + "partial class");

    public static readonly DiagnosticDescriptor Captured = Warning("TQ015", "Model is captured",
        "The lambda captures '{2}', which moves '{0}' and its arena of {1} bytes to the heap; "
        + "expected a static or other field, or a partial class");

    public static readonly DiagnosticDescriptor Copied = Warning("TQ016", "Model is copied",
        "{2} '{0}' and its arena of {1} bytes; expected ref, or a partial class");

    public static readonly DiagnosticDescriptor ReadonlyField = Warning("TQ017", "Model is in a readonly field",
        "Field '{2}' is readonly, so that every run copies '{0}' and its arena of {1} bytes; expected a field that "
            + "is not, or a partial class");

    public static readonly DiagnosticDescriptor OldLanguage = Error("TQ018", "C# is too old",
        "The code of '{0}' takes C# 12 or newer, and this project is C# {1}; expected no LangVersion, which is the "
            + "newest, or one of at least 12");

    public static readonly DiagnosticDescriptor NoBudget = Error("TQ019", "Budget means nothing",
        "{0} = {1} is no budget; expected {2}");

    public static readonly DiagnosticDescriptor Singleton = Warning("TQ020", "Model is a singleton",
        "{0}; requests that run at the same time would use its one working memory and answer wrongly; expected {1}");

    public static readonly DiagnosticDescriptor StaticInWeb = Warning("TQ021", "Model is static in a web application",
        "'{0}' holds a model of type '{1}' for all requests; those that run at the same time would use its one "
        + "working memory and answer wrongly; "
        + "expected [ThreadStatic], a scoped service, or the static {1}.Run over memory of the request's own");

    public static readonly DiagnosticDescriptor SharedByThreads = Warning("TQ022", "Model is shared by threads",
        "'{0}' is a model of type '{1}' and {2} runs this from several threads; they would use its one working "
        + "memory and answer wrongly; "
        + "expected a model that is made inside, or the static {1}.Run over memory of each thread's own");

    public static readonly DiagnosticDescriptor NonFiniteWeights = Warning("TQ023", "Weights are not finite", "{0}");

    public static readonly DiagnosticDescriptor MemberTaken = Error("TQ024", "Member is generated too",
        "'{0}' declares '{1}', which the model's code declares too; expected another name for this one");

    public static readonly DiagnosticDescriptor TypeNameTaken = Error("TQ025",
        "Type has the name of a generated member",
        "The model's code declares a member '{0}', and no member can have the name of its type; expected another "
            + "name for the type, such as '{0}Model'");

    /// <summary>The descriptor for an error of the model reader.</summary>
    public static DiagnosticDescriptor For(Model.ModelErrorKind kind) => kind switch
    {
        Model.ModelErrorKind.UnknownVersion => UnknownVersion,
        Model.ModelErrorKind.Mismatch => Mismatch,
        Model.ModelErrorKind.Unsupported => Unsupported,
        _ => Malformed,
    };

    private static DiagnosticDescriptor Warning(string id, string title, string message) => new(
        id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: Help(id));

    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: Help(id));

    private static string Help(string id) =>
        "https://github.com/tinyquant/tinyquant/blob/main/docs/diagnostics.md#" + id.ToLowerInvariant();
}
