extension BuiltInTemplate {
    /// The formats of the families that most models descend from. Sources: the families' model cards.
    public static let all: [BuiltInTemplate] = [
        BuiltInTemplate(
            "chatml", models: "Qwen, SmolLM, Yi, Hermes and many others",
            #"""
            {%- for message in messages -%}
                {{- '<|im_start|>' ~ message.role ~ '\n' ~ text(message.content) ~ '<|im_end|>\n' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "llama2", models: "Llama 2 Chat, Code Llama Instruct",
            #"""
            {%- set turn = namespace(isOpen=false) -%}
            {%- for message in messages -%}
                {%- if not turn.isOpen -%}{{- '[INST] ' -}}{%- endif -%}
                {%- set turn.isOpen = message.role in ['system', 'user'] -%}
                {%- if message.role == 'system' -%}
                    {{- '<<SYS>>\n' ~ text(message.content) ~ '\n<</SYS>>\n\n' -}}
                {%- elif message.role == 'user' -%}
                    {{- text(message.content) ~ ' [/INST]' -}}
                {%- else -%}
                    {{- text(message.content) ~ eos_token -}}
                {%- endif -%}
            {%- endfor -%}
            """#),
        BuiltInTemplate(
            "llama3", models: "Llama 3, 3.1, 3.2 and 3.3 Instruct",
            #"""
            {%- for message in messages -%}
                {{- '<|start_header_id|>' ~ message.role ~ '<|end_header_id|>\n\n' -}}
                {{- text(message.content) | trim ~ '<|eot_id|>' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "mistral", models: "Mistral 7B Instruct v0.3, Mixtral",
            #"""
            {%- set turn = namespace(isOpen=false) -%}
            {%- for message in messages -%}
                {%- if not turn.isOpen -%}{{- '[INST] ' -}}{%- endif -%}
                {%- set turn.isOpen = message.role in ['system', 'user'] -%}
                {%- if message.role == 'system' -%}
                    {{- text(message.content) ~ '\n\n' -}}
                {%- elif message.role == 'user' -%}
                    {{- text(message.content) ~ '[/INST]' -}}
                {%- else -%}
                    {{- ' ' ~ text(message.content) | trim ~ eos_token -}}
                {%- endif -%}
            {%- endfor -%}
            """#),
        BuiltInTemplate(
            "gemma", models: "Gemma 1, 2 and 3",
            #"""
            {%- set system = namespace(text='') -%}
            {%- for message in messages -%}
                {%- if message.role == 'system' -%}
                    {%- set system.text = system.text ~ text(message.content) | trim -%}
                {%- else -%}
                    {%- set isModel = message.role == 'assistant' -%}
                    {{- '<start_of_turn>' ~ ('model' if isModel else message.role) ~ '\n' -}}
                    {%- if system.text and not isModel -%}
                        {{- system.text ~ '\n\n' -}}
                        {%- set system.text = '' -%}
                    {%- endif -%}
                    {{- text(message.content) | trim ~ '<end_of_turn>\n' -}}
                {%- endif -%}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<start_of_turn>model\n' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "phi3", models: "Phi 3 and 3.5",
            #"""
            {%- for message in messages -%}
                {{- '<|' ~ message.role ~ '|>\n' ~ text(message.content) ~ '<|end|>\n' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|assistant|>\n' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "phi4", models: "Phi 4",
            #"""
            {%- for message in messages -%}
                {{- '<|im_start|>' ~ message.role ~ '<|im_sep|>' ~ text(message.content) ~ '<|im_end|>' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|im_start|>assistant<|im_sep|>' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "zephyr", models: "Zephyr, TinyLlama Chat, StableLM Zephyr",
            #"""
            {%- for message in messages -%}
                {{- '<|' ~ message.role ~ '|>\n' ~ text(message.content) ~ eos_token ~ '\n' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|assistant|>\n' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "vicuna", models: "Vicuna 1.1 and 1.5",
            #"""
            {%- for message in messages -%}
                {%- if message.role == 'system' -%}
                    {{- text(message.content) ~ '\n\n' -}}
                {%- elif message.role == 'user' -%}
                    {{- 'USER: ' ~ text(message.content) ~ '\n' -}}
                {%- elif message.role == 'assistant' -%}
                    {{- 'ASSISTANT: ' ~ text(message.content) ~ eos_token ~ '\n' -}}
                {%- endif -%}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- 'ASSISTANT:' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "deepseek3", models: "DeepSeek V3 and R1, and what was distilled from them",
            #"""
            {%- for message in messages -%}
                {%- if message.role == 'system' -%}
                    {{- text(message.content) ~ '\n\n' -}}
                {%- elif message.role == 'user' -%}
                    {{- '<｜User｜>' ~ text(message.content) -}}
                {%- elif message.role == 'assistant' -%}
                    {{- '<｜Assistant｜>' ~ text(message.content) ~ '<｜end▁of▁sentence｜>' -}}
                {%- endif -%}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<｜Assistant｜>' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "command-r", models: "Command R and R+, Aya",
            #"""
            {%- set names = {'system': 'SYSTEM', 'user': 'USER', 'assistant': 'CHATBOT'} -%}
            {%- for message in messages if message.role in names -%}
                {{- '<|START_OF_TURN_TOKEN|><|' ~ names[message.role] ~ '_TOKEN|>' -}}
                {{- text(message.content) | trim ~ '<|END_OF_TURN_TOKEN|>' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|>' -}}{%- endif -%}
            """#),
        BuiltInTemplate(
            "granite", models: "Granite 3",
            #"""
            {%- for message in messages -%}
                {{- '<|start_of_role|>' ~ message.role ~ '<|end_of_role|>' -}}
                {{- text(message.content) ~ '<|end_of_text|>\n' -}}
            {%- endfor -%}
            {%- if add_generation_prompt -%}{{- '<|start_of_role|>assistant<|end_of_role|>' -}}{%- endif -%}
            """#),
    ]
}
