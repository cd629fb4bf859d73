# 信用中国（黑龙江哈尔滨）. `make` alone lists what there is.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON3 := $(shell command -v python3.11 || command -v python3)
.PHONY: help run stop reset test quick faults mutants check pins sbom bench pictures

help: ## 显示本帮助
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

run: ## 安装依赖、启动服务并打开 http://127.0.0.1:8000（PORT= 换端口，DEMO=0 不载入演示数据）
	@$(PYTHON3) scripts/run.py

stop: ## 停止平台和内置的数据库
	@$(PYTHON3) scripts/run.py stop

reset: ## 停止并清空本地数据
	@$(PYTHON3) scripts/run.py reset

test: ## 安装依赖并运行全部测试（ARGS= 传给 pytest）
	@$(PYTHON3) scripts/test.py $(ARGS)

quick: ## 不含浏览器和故障的测试
	@$(PYTHON3) scripts/test.py --quick

faults: ## 故障测试：反复杀进程、停数据库、写满磁盘（SEED= 重复某次，ARGS= 传给 pytest，约十分钟）
	@SEED="$(SEED)" $(PYTHON3) scripts/faults.py $(ARGS)

mutants: ## 变异测试：规则中每处小错都应被测出（ARGS= 模块或目录，SAMPLE= 每个模块抽几处，SEED= 重复某次抽样）
	@SAMPLE="$(SAMPLE)" SEED="$(SEED)" $(PYTHON3) scripts/mutants.py $(ARGS)

check: ## 代码规范、类型、依赖方向、迁移、模板检查
	@$(PYTHON3) scripts/check.py

pins: ## 重新解析依赖清单并写入每个文件的摘要（改动 *.in 后执行；ARGS="--upgrade-package 包名" 升级某个包）
	@$(PYTHON3) scripts/pins.py $(ARGS)

sbom: ## 生成软件物料清单 var/sbom.cdx.json（CycloneDX，含随附的静态文件和字体）
	@$(PYTHON3) scripts/sbom.py $(ARGS)

bench: ## 性能测试：生成城市并测量（SIZE=town 十万主体，SIZE=city 一百万主体、一千万条记录）
	@$(PYTHON3) scripts/bench.py $(or $(SIZE),town) $(ARGS)

pictures: ## 重拍说明书的插图（先 make run；ARGS= 指定场景）
	@$(PYTHON3) scripts/pictures.py $(ARGS)
